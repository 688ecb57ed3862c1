"""How a file, or a row of one, is refused: in a sentence for the user, with its line."""


class ImportRefused(ValueError):  # noqa: N818
    """The file cannot be imported as it is; nothing of it was.

    `code` is for programs. `line` is the line of the file (its first is 1), where there is one.
    `choices` are what would help, where that can be listed; `samples` are what stands in the file
    at each of them. `account` is the key of the account of the file that it is about, if it is.
    """

    def __init__(
        self,
        message: str,
        *,
        code: str = "unreadable",
        line: int | None = None,
        choices: tuple[str, ...] = (),
        samples: tuple[str, ...] = (),
        account: str = "",
    ) -> None:
        super().__init__(message)
        self.message = printable(message)
        self.code = code
        self.line = line
        self.choices = choices
        self.samples = samples
        self.account = account

    def __str__(self) -> str:
        return self.message if self.line is None else f"Line {self.line:,}: {self.message}"


class RowFault(ValueError):  # noqa: N818
    """One row cannot be read; its readers make a `RefusedRow` of it."""

    def __str__(self) -> str:
        return printable(super().__str__())


def printable(text: str) -> str:
    """What was quoted of a file may have letters that turn the writing round, or ring a bell."""
    return "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text
    )
