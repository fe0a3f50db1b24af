"""How the reading of a spreadsheet says no."""


class SheetRefused(Exception):
    """The file as a whole cannot be read; the message is written for the clerk."""


class CellRefused(Exception):
    """One cell cannot be understood: what is wrong, and how to mend it."""

    def __init__(self, reason: str, mend: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.mend = mend
