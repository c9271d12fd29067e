"""Page views on their way into the store: rows of numbers per JST day, in files, so that no log is too large for memory."""

from datetime import date
from pathlib import Path

import numpy as np

from partner.facts.access.judging import DAY, ROW, Rows, days_of
from partner.facts.access.moments import JST_OFFSET, jst_date


class Spool:
    """Collects the page views of one log in a folder of its own, a file per day."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(mode=0o700, parents=True)
        self.days: set[date] = set()

    def add(self, rows: Rows) -> None:
        """Takes page views of any days."""
        found = days_of(rows["second"])
        days = (rows["second"] + JST_OFFSET) // DAY if len(found) > 1 else None
        for number in found:
            day = jst_date(number * DAY - JST_OFFSET)
            self.days.add(day)
            with self._path(day).open("ab") as file:
                (rows if days is None else rows[days == number]).tofile(file)

    @property
    def most(self) -> int:
        """The rows of its largest day."""
        return max((self._path(day).stat().st_size // ROW.itemsize for day in self.days), default=0)

    def take(self, day: date) -> Rows:
        """All of one day, which is then no longer here."""
        path = self._path(day)
        rows = np.fromfile(path, ROW)
        path.unlink()
        return rows

    def _path(self, day: date) -> Path:
        return self._folder / f"{day}.rows"
