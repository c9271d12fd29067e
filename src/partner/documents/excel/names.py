"""Names that Excel accepts: of sheets, and of the cells that have a number."""

import re

_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}[0-9]+|[Rr][0-9]*[Cc]?[0-9]*|[Cc][0-9]*")
_LONGEST = 31  # UTF-16 units


class SheetNames:
    """Gives each sheet a name of its own: Excel compares without regard to case and cuts nothing by itself."""

    def __init__(self) -> None:
        self._given: set[str] = {"history", "履歴"}  # Excel keeps these for itself

    def give(self, wish: str) -> str:
        """The wish, cut and numbered where it must be."""
        plain = _FORBIDDEN.sub("・", wish).strip().strip("'") or "シート"
        name, n = _cut(plain, _LONGEST), 1
        while name.casefold() in self._given:
            n += 1
            ending = f" ({n})"
            name = _cut(plain, _LONGEST - len(ending)) + ending
        self._given.add(name.casefold())
        return name


def _cut(text: str, most: int) -> str:
    return text.encode("utf-16-le")[: most * 2].decode("utf-16-le", "ignore").strip().strip("'")


def cell_name(number: str) -> str:
    """The defined name of a cell number: M1-1.07a is M1_1_07a. Empty for none."""
    name = re.sub(r"[^0-9A-Za-z_]", "_", number)[:200]
    if not name:
        return ""
    return f"_{name}" if name[0].isdigit() or _LIKE_A_CELL.fullmatch(name) else name


def place(sheet: str, row: int, column: int) -> str:
    """A reference to one cell, absolute, rows and columns counted from 0."""
    return f"{quoted(sheet)}!${letters(column)}${row + 1}"


def quoted(sheet: str) -> str:
    """A sheet's name as references write it."""
    return "'" + sheet.replace("'", "''") + "'"


def letters(column: int) -> str:
    """The letters above a column."""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def definition_name(number: str) -> str:
    """The defined name of the row that defines D1."""
    return "定義_" + re.sub(r"[^0-9A-Za-z_]", "_", number)[:200]
