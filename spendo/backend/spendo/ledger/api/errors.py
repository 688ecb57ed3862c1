"""What the ledger refuses, as answers."""

from rest_framework.exceptions import APIException

from spendo.ledger.errors import ChangeConflict, LedgerError, UnknownRow
from spendo.ledger.money import MoneyError


class Refused(APIException):
    """The ledger's own sentence for the user, which says what to do."""

    status_code = 400
    default_code = "refused"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.default_detail = message


class NotThere(Refused):
    status_code = 404
    default_code = "not_found"


class Conflict(Refused):
    status_code = 409
    default_code = "conflict"


def as_answer(error: Exception) -> Exception:
    """The HTTP error for what the ledger raised; anything else stays what it is."""
    match error:
        case UnknownRow():
            return NotThere(str(error))
        case ChangeConflict():
            return Conflict(str(error))
        case LedgerError() | MoneyError():
            return Refused(str(error))
    return error
