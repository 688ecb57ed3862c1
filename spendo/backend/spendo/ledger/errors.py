"""What the ledger refuses, in sentences for the user."""


class LedgerError(ValueError):
    """A change that the ledger's rules do not allow."""


class UnknownRow(LedgerError):  # noqa: N818
    """What is named is not in the user's ledger, whether or not it is in someone else's."""


class ChangeConflict(LedgerError):  # noqa: N818
    """A change that cannot be undone, because what it touched has been changed since."""
