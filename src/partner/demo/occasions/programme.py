"""The Centre's events since April 2024: when, where, for whom, and which survey goes with each."""

from dataclasses import dataclass
from datetime import date, timedelta

from partner.common.calendar import add_business_days

_MONTH = timedelta(days=30)


@dataclass(frozen=True)
class Planned:
    """One event of the programme. `closes_late`: its survey closes after the report is due."""

    number: str
    first: date
    title: str
    category: str
    form: str
    place: str
    people: int
    survey: str
    days: int = 1
    cancelled: str = ""
    closes_late: bool = False

    @property
    def last(self) -> date:
        """Its last day."""
        return self.first + timedelta(days=self.days - 1)

    @property
    def announced_on(self) -> date:
        """When it was told as planned: two months ahead."""
        return add_business_days(self.first - 2 * _MONTH, 1)

    @property
    def closes_on(self) -> date:
        """The last day on which its survey takes answers."""
        return add_business_days(self.last, 12 if self.closes_late else 4)

    @property
    def version(self) -> str:
        """Of the questionnaire: a question was changed in April 2026."""
        return "第2版" if self.first >= date(2026, 4, 1) else "第1版"


_SEMINAR = "国際協力人材セミナー"
PROGRAMME = (
    Planned("E24-1", date(2024, 6, 29), f"{_SEMINAR}（東京）", "seminar", "face_to_face", "架空会館 大会議室（東京都）", 180, "no6"),
    Planned("E24-2", date(2024, 9, 14), f"{_SEMINAR}（大阪）", "seminar", "face_to_face", "見本ホール（大阪府）", 120, "no6"),
    Planned("E24-3", date(2024, 11, 9), "オンライン個別相談会", "fair", "online", "", 80, "no7", closes_late=True),
    Planned("E24-4", date(2025, 2, 15), f"{_SEMINAR}（名古屋）", "seminar", "face_to_face", "例示センター（愛知県）", 90, "no6"),
    Planned("E25-1", date(2025, 6, 28), f"{_SEMINAR}（東京）", "seminar", "hybrid", "架空会館 大会議室（東京都）", 200, "no6"),
    Planned("E25-2", date(2025, 9, 13), "国際協力キャリアフェア（仙台）", "fair", "hybrid", "仮設コンベンション（宮城県）", 150, "no7", days=2),
    Planned("E25-3", date(2025, 11, 8), "オンライン個別相談会", "fair", "online", "", 90, "no7"),
    Planned("E25-4", date(2026, 1, 24), f"{_SEMINAR}（福岡）", "seminar", "face_to_face", "見本会館（福岡県）", 60, "no8"),
    Planned("E25-5", date(2026, 2, 21), f"{_SEMINAR}（札幌）", "seminar", "face_to_face", "例示ホール（北海道）", 70, "no6",
            cancelled="大雪により、会場までの交通が止まったため。"),
    Planned("E26-1", date(2026, 6, 27), f"{_SEMINAR}（東京）", "seminar", "hybrid", "架空会館 大会議室（東京都）", 200, "no6"),
    Planned("E26-2", date(2026, 9, 12), f"{_SEMINAR}（大阪）", "seminar", "face_to_face", "見本ホール（大阪府）", 60, "no8"),
    Planned("E26-3", date(2026, 10, 24), "国際協力キャリアフェア（東京）", "fair", "hybrid", "仮設コンベンション（東京都）", 210, "no7", days=2),
    Planned("E26-4", date(2026, 11, 14), "オンライン個別相談会", "fair", "online", "", 90, "no7"),
    Planned("E26-5", date(2026, 12, 19), f"{_SEMINAR}（名古屋）", "seminar", "face_to_face", "例示センター（愛知県）", 90, "no6"),
    Planned("E26-6", date(2027, 2, 20), f"{_SEMINAR}（広島）", "seminar", "face_to_face", "架空プラザ（広島県）", 70, "no8"),
)  # fmt: skip
