"""T5: a leak of personal data: the items that the law asks for, whether it must be reported and why, and its clocks."""

from partner.common import leaks
from partner.common.period import DAY, jst_day, midnight
from partner.documents.blocks import Block, Cell, Column, Paragraph, Row, Run, Runs, Section, Table, plain
from partner.facts.models.incidents import YesNo
from partner.master.models import CatalogueEntry
from partner.reports import wording
from partner.reports.forms import Params, form
from partner.reports.incidents.incident import Case, case_of
from partner.reports.sheet import Sheet

_UNKNOWN = Cell("未確認", state="missing")


@form("incident_leak")
def incident_leak(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """Nothing for what is no leak."""
    case = case_of(sheet)
    if not case.is_leak:
        return []
    limits = leaks.Limits.read(sheet.contract)
    duty = leaks.duty(case.row, limits)
    found: list[Block] = [
        Section(entry.title, entry.item, message=_message(duty), new_page=False), _items(case, entry), _grounds(case, entry, limits),
    ]  # fmt: skip
    clocks = leaks.clocks(case.row, limits, sheet.evaluation.book.closed_days)
    if clocks:
        found.append(_clocks(case, entry, clocks))
    return [*found, Paragraph(_released(case))]


def _message(duty: leaks.Duty) -> Runs:
    if duty.answer == leaks.YES:
        return (Run("報告を要する。", bold=True), Run(f"{'、'.join(duty.grounds)}ためである。"))
    if duty.answer == leaks.NO:
        return (Run("報告を要しない。", bold=True), Run("報告を要する事由のいずれにも該当しない。"))
    return (Run("報告を要するかは未確認である。", bold=True), Run("確認が済むまでは、要するものとして期限を数える。"))


def _items(case: Case, entry: CatalogueEntry) -> Table:
    """The nine items; in the full report none may be unknown."""
    row, texts = case.row, case.sheet.texts

    def told(name: str) -> str:
        written = texts.get(f"incident.{name}")
        return written.body if written else getattr(row, name)

    people = "" if row.people is None else f"{row.people:,}人"
    items = (
        ("概要", row.outline), ("漏えい等した情報の項目", row.data_items), ("本人の数", people), ("原因", told("cause")),
        ("二次被害又はそのおそれ", row.secondary), ("本人への対応", row.persons_told), ("公表の状況", row.publication),
        ("再発防止", told("prevention")),
    )  # fmt: skip
    rows = [Row(label, (_told(case, label, text),), number=f"{n:02d}") for n, (label, text) in enumerate(items, 1)]
    rows.append(Row("その他参考となる事項", (Cell(row.other or "特になし"),), number="09"))
    columns = Column("報告事項", kind="label", width=48), Column("内容", kind="text")
    return Table(
        columns, tuple(rows), number=f"{entry.item}-1", title="法令の報告事項", alt="漏えい等の報告事項と、その内容", loose=True,
        definitions=tuple(entry.definitions.split(",")),
    )  # fmt: skip


def _told(case: Case, label: str, text: str) -> Cell:
    if text:
        return Cell(text)
    if case.is_full:
        case.sheet.block("漏えい等の報告事項", f"「{label}」が未確認である。")
    return _UNKNOWN


def _grounds(case: Case, entry: CatalogueEntry, limits: leaks.Limits) -> Table:
    """Each ground for which a leak must be reported, and whether it is given."""
    row = case.row
    asked = (
        ("要配慮個人情報を含む", row.is_sensitive), ("財産的被害のおそれがある", row.is_property), ("不正の目的のおそれがある", row.is_wrongful),
    )  # fmt: skip
    rows = [
        Row(label, (_whether(case, label, answer),), number=f"{n:02d}") for n, (label, answer) in enumerate(asked, 1)
    ]
    over = "" if row.people is None else "yes" if row.people > limits.people else "no"
    label = f"本人の数が{limits.people:,}人を超える"
    rows.append(Row(label, (_whether(case, label, over, asks=False),), number="04"))
    columns = Column("報告を要する事由", kind="label"), Column("該当", kind="text", width=40)
    note = "いずれか1つに該当すれば、個人情報保護委員会への報告と本人への通知を要する。人数のほかは、1人でも該当する。"
    return Table(
        columns, tuple(rows), number=f"{entry.item}-2", title="報告を要するかの判断", alt="漏えい等の報告を要する事由と該当の有無",
        notes=(note,),
    )  # fmt: skip


def _whether(case: Case, label: str, answer: str, *, asks: bool = True) -> Cell:
    if answer:
        return Cell(YesNo(answer).label, strong=answer == YesNo.YES)
    if case.is_full and asks:  # the number of persons stands among the items
        case.sheet.block("漏えい等の報告事項", f"「{label}」かどうかが未確認である。")
    return _UNKNOWN


def _clocks(case: Case, entry: CatalogueEntry, clocks: list[leaks.LeakClock]) -> Table:
    rows = tuple(
        Row(one.label, (Cell(one.rule), Cell(wording.day(one.until_on)), _state(case, one)), number=f"{n:02d}")
        for n, one in enumerate(clocks, 1)
    )
    columns = (
        Column("報告", kind="label", width=50), Column("定め", kind="text"), Column("期限", kind="text", width=40),
        Column("状況", kind="text", width=30, centre=True),
    )  # fmt: skip
    noticed = wording.day(jst_day(case.row.noticed_at))
    note = f"知った日（{noticed}）を1日目として数える。確報の期限が休日に当たるときは、次の営業日とする。"
    return Table(
        columns, rows, number=f"{entry.item}-3", title="個人情報保護委員会への報告の期限", alt="速報と確報の期限と状況", notes=(note,)
    )  # fmt: skip


def _state(case: Case, clock: leaks.LeakClock) -> Cell:
    """As of the cut; once JICA was told in time the authority is told by it."""
    told = leaks.released_at(case.row)
    if told is not None and told < midnight(clock.until_on + DAY):
        return Cell("機構へ通知済", chip="met")
    today = jst_day(case.sheet.cut)
    if clock.is_late(today):
        return Cell("期限経過", chip="missed")
    return Cell(f"あと{(clock.until_on - today).days}日", chip="expected")


def _released(case: Case) -> Runs:
    """委託を受けた者は、委託元に通知したときは報告を免除される。"""
    told = leaks.released_at(case.row)
    if told is None:
        return (
            Run("機構への通知は、まだ記録されていない。", bold=True, attention=True),
            Run("通知するまでは、受託者も報告の義務を負う。"),
        )
    return plain(
        f"受託者は、{wording.moment(told)}に委託元である機構へ通知した。これにより、委員会への報告と本人への通知は機構が行い、受託者の義務は免除される。"
    )
