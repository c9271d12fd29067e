"""A refusal: what was asked cannot be done, nothing was changed, and here is why in Japanese."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Fault:
    """One reason, with the place in a file where there is one (row and column count from 1)."""

    code: str
    message: str
    file: str | None = None
    row: int | None = None
    column: str | None = None

    def as_dict(self) -> dict[str, object]:
        """The five members that `--json` prints."""
        return asdict(self)

    def __str__(self) -> str:
        place = [self.file, f"{self.row}行目" if self.row else None, f"「{self.column}」" if self.column else None]
        where = " ".join(part for part in place if part)
        return f"{where}：{self.message}" if where else self.message


class Refusal(Exception):
    """Raised where something is refused; carries one or more faults."""

    def __init__(self, code: str, message: str, **place: object) -> None:
        self.faults: Sequence[Fault] = (Fault(code, message, **place),)  # type: ignore[arg-type]
        super().__init__(message)

    @classmethod
    def of(cls, faults: Sequence[Fault]) -> "Refusal":
        """One refusal for several faults."""
        refusal = cls(faults[0].code, faults[0].message)
        refusal.faults = tuple(faults)
        return refusal
