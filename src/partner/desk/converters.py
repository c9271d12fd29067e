"""The parts of the desk's addresses."""


class PeriodConverter:
    """A period as reports have it: `2026-10`, `event:E-1`, `incident:T-1/first` with its slash."""

    regex = r"incident:[^/]+/(?:first|full|interim-[0-9]+)|[^/]+"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


class AboutConverter(PeriodConverter):
    """What files are about: `event:E-12`, `expense:2026-104`, `report:FY2025`; numbers may hold a slash."""

    regex = r"(?:event|expense|report):[^\x00]+"
