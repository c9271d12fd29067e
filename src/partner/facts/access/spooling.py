"""Page views on their way into the store: plain text per JST day, so that no log is too large for memory."""

from collections import defaultdict
from datetime import date
from pathlib import Path

from partner.facts.access.parsing import SECOND, PageView, jst_date

_HELD = 50_000


class Spool:
    """Collects the page views of one log in a folder of its own, a text file per day, tab-separated and without quotes.

    Nothing in a row can hold a tab or an end of line: addresses are percent-encoded.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(mode=0o700, parents=True)
        self._rows: dict[date, list[str]] = defaultdict(list)
        self._held = 0
        self.days: set[date] = set()

    def add(self, second: int, visitor: int, before: int | None, view: PageView) -> None:
        """Takes one page view."""
        known_before = "" if before is None else before
        self._rows[jst_date(second)].append(
            f"{second * SECOND}\t{visitor}\t{known_before}\t{view.page}\t{view.prefix}\t{view.posting}\t{view.verdict:d}\n"
        )
        self._held += 1
        if self._held >= _HELD:
            self.flush()

    def flush(self) -> None:
        """Writes what is held."""
        for day, rows in self._rows.items():
            with self.path(day).open("a", encoding="ascii") as file:
                file.writelines(rows)
            self.days.add(day)
        self._rows.clear()
        self._held = 0

    def path(self, day: date) -> Path:
        """The text of one day."""
        return self.folder / f"{day}.tsv"
