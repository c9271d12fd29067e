"""The kinds of reports that the contract asks for: what each is called, over what, and how its due date is counted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from partner.common.calendar import MONTHLY_BUSINESS_DAYS, Counting, count_after, count_back, count_from
from partner.common.period import DAY, Period, add_months, fiscal_year_of
from partner.common.refusal import Refusal

SERVICE_BUSINESS_DAYS = 10
_HOLIDAYS = "土曜日、日曜日、祝日及び12月29日から1月3日まで"
Extra = Mapping[date, str]


@dataclass(frozen=True)
class Kind:
    """One report: `short` begins its document number, `form` is that of its period, `asked` how the period is written.

    `may_be_open`: it may be composed before its period is over, and says what is not final. `due` counts the days up
    to its due date; `due_words` stand on the cover, `due_rule` above the count. `is_short`: a paper about one thing,
    without a guide to reading, with those definitions alone that it refers to.
    """

    key: str
    name: str
    short: str
    form: str
    asked: str
    may_be_open: bool = False
    due: Callable[[Period, Extra], Counting] | None = None
    due_words: str = ""
    due_rule: str = ""
    is_short: bool = False

    def must_have(self, period: Period) -> None:
        """Raises Refusal for the fourth quarter: what it holds stands in the annual report."""
        if self.key == "quarterly" and period.key.endswith("Q4"):
            annual = f"annual FY{fiscal_year_of(period.first)}"
            raise Refusal(
                "part_of_annual",
                f"第4四半期の内容は年間業務完了報告書（{annual}）に含めるため、四半期報告書は作りません。",
            )

    def must_fit(self, period: Period) -> None:
        """Raises Refusal for a period of another form."""
        if period.form != self.form:
            raise Refusal("bad_period", f"{self.name}の期間は{self.asked}のように書いてください。")

    def covers(self, period: Period) -> str:
        """The period as covers and headers print it: 令和8年10月分（2026年10月）."""
        if period.incident:
            return f"{period.incident}　{stage_label(period.stage)}"
        era, _, western = period.label.rstrip("）").partition("（")
        if period.event:
            return f"{era}（{western}）"
        return f"{era}分（{western}）" if western else f"{era}分"


def stage_label(stage: str) -> str:
    """第一報, 中間報告（第2回）, 完了報告: which report of an incident."""
    name, _, number = stage.partition("-")
    return {"first": "第一報", "full": "完了報告"}.get(name, f"中間報告（第{number}回）")


def _end_of_next_month(period: Period, extra: Extra) -> Counting:
    return count_back(add_months(period.until, 1) - DAY, extra)


_ALL = (
    Kind(
        "monthly", "月次報告書", "月報", "month", "月です。2026-10 ",
        due=lambda period, extra: count_from(period.until, MONTHLY_BUSINESS_DAYS, extra),
        due_words=f"翌月第{MONTHLY_BUSINESS_DAYS}営業日",
        due_rule=f"月次報告書は翌月第{MONTHLY_BUSINESS_DAYS}営業日を期限とする。{_HOLIDAYS}を除いて数える。",
    ),
    Kind(
        "quarterly", "四半期報告書", "四半期報", "quarter", "四半期です。2026Q2 ", due=_end_of_next_month,
        due_words="四半期の翌月末日（休日のときは直前の営業日）",
        due_rule=f"四半期報告書は四半期の最後の月の翌月末日を期限とする。末日が休日（{_HOLIDAYS}）のときは、その直前の営業日とする。",
    ),
    Kind(
        "annual", "年間業務完了報告書", "年報", "year", "年度です。FY2026 ", may_be_open=True,
        due=lambda period, extra: count_back(period.last, extra), due_words="年度の末日（休日のときは直前の営業日）",
        due_rule=f"年間業務完了報告書は年度の末日を期限とする。末日が休日（{_HOLIDAYS}）のときは、その直前の営業日とする。",
    ),
    Kind(
        "expenses", "経費確定金額", "経費", "year", "年度です。FY2026 ", may_be_open=True, is_short=True,
        due=lambda period, extra: count_back(period.last, extra), due_words="年度の最終営業日",
        due_rule=f"経費確定金額は年度の最終営業日に提出する。その日より前には提出しない。{_HOLIDAYS}を除いて数える。",
    ),
    Kind(
        "service", "個別サービス実施報告書", "個別", "span", "実施した催しです。event:番号 ",
        due=lambda period, extra: count_after(period.last, SERVICE_BUSINESS_DAYS, extra),
        due_words=f"実施後第{SERVICE_BUSINESS_DAYS}営業日",
        due_rule=f"個別サービス実施報告書は実施した日（数日にわたるときは最後の日）の翌日から数えて第{SERVICE_BUSINESS_DAYS}営業日を期限とする。{_HOLIDAYS}を除いて数える。",
    ),
    Kind("incident", "クレーム・トラブル報告書", "事案", "span", "事案です。incident:番号/first ", may_be_open=True, is_short=True),
)  # fmt: skip
KINDS = {kind.key: kind for kind in _ALL}


def name_of(key: str) -> str:
    """月次報告書 for `monthly`; of a kind that is not known, its key."""
    kind = KINDS.get(key.partition("/")[0])
    return kind.name if kind else key


def kind_of(key: str) -> Kind:
    """The kind with this key. Raises Refusal for an unknown one."""
    if key not in KINDS:
        raise Refusal("unknown_kind", f"報告書の種類「{key}」はありません。使えるもの：{'、'.join(KINDS)}")
    return KINDS[key]
