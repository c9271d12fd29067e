"""A report that nothing stops: a tiny Centre whose records are complete, and texts at every place."""

from datetime import date, datetime
from typing import Any

from partner.common.period import JST, midnight, month
from partner.facts import record, texts
from partner.facts.models import Coverage, Plan
from partner.ledger import clock
from partner.master.models import ContractFact
from partner.reports.prepare import prepare
from partner.reports.sources import SOURCES
from partner.submissions import expected
from partner.submissions.models import ExpectedReport
from tests.told import BY, told

OCTOBER = month(date(2026, 10, 1))
AT = datetime(2026, 11, 6, 9, tzinfo=JST)
TOLD = """
    A 2026-09-03 registered full medium=sns
    B 2026-10-20 registered simple medium=search
"""


def centre(at_clock: Any, now: datetime = AT) -> None:
    """Facts, coverage of every source, the contract's names and the plans of each item, recorded at the moment."""
    at_clock(now)
    clock.cut(now)
    told(TOLD)
    begun = midnight(date(2003, 10, 1))
    rows: list[Any] = [
        Coverage(kind=kind, valid_from=begun, valid_to=midnight(date(2027, 4, 1)), source="見本", **BY)
        for kind in SOURCES
    ]
    rows += [
        Plan(item=f"M{n}", period=period, position=1, when="翌月", text="予定。", source_key=f"{n}-{period}", **BY)
        for n in range(1, 10) for period in ("2026-07", "2026-08", "2026-09", "2026-10", "2026-11", "2026-12")
    ]  # fmt: skip
    record.record(rows)
    name("contract_title", "架空契約")
    name("contractor", "架空事業者")


def name(key: str, value: str) -> None:
    """A fact of the contract, from its beginning on."""
    old = ContractFact.objects.believed().filter(key=key).first()
    new = ContractFact(
        key=key,
        label=key,
        value=value,
        valid_from=midnight(date(2003, 10, 1)),
        reason="見本",
        by_name="見本",
        by_role="見本",
    )
    record.correct(old, new) if old else record.record([new])


def write_all(kind: str, period: Any, cut: datetime) -> None:
    """A text at every place where one is owed."""
    made = prepare(kind, period, cut, texts_at=clock.last())
    for one in made.data["blockers"]:
        assert one["text"], one
        texts.write(
            report=kind,
            period=period.key,
            place=one["text"],
            body="人が書いた。",
            seen=None,
            by=("見本 花子", "報告担当"),
        )


def monthly(at_clock: Any, period: Any = OCTOBER) -> ExpectedReport:
    """The month's expected report in a Centre where only texts are owed, and they are written."""
    centre(at_clock)
    report = expected.expected("monthly", period.key)
    write_all("monthly", period, clock.last())
    return report
