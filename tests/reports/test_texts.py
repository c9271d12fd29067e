"""What people write in a report: drafts until then, versions after, nothing lost between two writers."""

from datetime import date, datetime, timedelta

import pytest

from partner.common.period import JST, month
from partner.common.refusal import Refusal
from partner.documents.blocks import Columns, Finding, Paragraph, Run
from partner.facts import texts
from partner.ledger import clock
from partner.reports.prepare import prepare
from partner.reports.texts import blocks_of, body_of, runs_of
from tests.told import covered, told

OCTOBER = month(date(2026, 10, 1))
BY = ("見本 花子", "報告担当")
PLACE = "summary.changes"


def write(body, seen=None, place=PLACE):
    return texts.write(report="monthly", period="2026-10", place=place, body=body, seen=seen, by=BY)


@pytest.fixture
def later(at_clock):
    """`later()`: a minute passes, and what comes next is recorded after what came before."""
    moments = (datetime(2026, 11, 6, 12, tzinfo=JST) + timedelta(minutes=n) for n in range(99))

    def pass_on():
        now = next(moments)
        at_clock(now)
        return clock.cut(now)

    pass_on()
    return pass_on


@pytest.fixture
def october(later):
    lines = [f"N{n} 2026-10-0{n % 9 + 1} registered full medium={'sns' if n < 12 else 'search'}" for n in range(14)]
    told("A 2026-09-03 registered full medium=sns\n" + "\n".join(lines))
    covered("2026-09", "2026-10")
    return later()


def changed(report):
    return next(block.left for block in report.document.blocks if isinstance(block, Columns))


def whys(report):
    return [one["why"] for one in report.data["blockers"]]


def test_a_cell_number_in_brackets_is_a_reference():
    assert runs_of("増えた[M1-1.02a]。") == (Run("増えた"), Run(number="M1-1.02a"), Run("。"))
    assert runs_of("[x] {{ y }} <b>") == (Run("[x] {{ y }} <b>"),)


def test_a_draft_edited_and_read_again_is_the_same():
    found = [Finding("新規が5人", runs_of("媒体による。[M1-2.03a]")), Finding("退会が2人", runs_of("要因は確認中。"))]
    assert blocks_of(body_of(found)) == found
    assert blocks_of("一つ目\n続き\n\n二つ目") == [Paragraph((Run("一つ目続き"),)), Paragraph((Run("二つ目"),))]
    assert blocks_of("") == blocks_of("\n\n") == []


@pytest.mark.django_db
def test_what_changed_is_drafted_from_the_records_until_a_person_writes(october):
    report = prepare("monthly", OCTOBER, october)
    _, mark, first, *_ = changed(report)
    assert mark.runs[0].text.startswith("下書き")
    assert first.head == "新規登録者数が14人（前月比 +13人、＊）".replace("、＊", "")
    assert "接触媒体では「SNS」が最も動き、1人から12人に増えた。" in first.runs[0].text
    number = next(run.number for run in first.runs if run.number)
    cell = next(one for one in report.data["cells"] if one["number"] == number)
    assert (cell["value"], cell["where"]) == (12, {"medium": "sns"})
    assert any("medium=sns" in run.link for run in first.runs)
    assert "「何が変わったか」が下書きのままである。" in whys(report)


@pytest.mark.django_db
def test_a_text_is_printed_as_known_at_its_own_moment(october, later):
    before = later()
    later()
    write("■登録が増えた\n案内によるため。[M1-1.02a]")
    printed = changed(prepare("monthly", OCTOBER, october, texts_at=clock.cut()))
    assert printed[1] == Finding("登録が増えた", (Run("案内によるため。"), Run(number="M1-1.02a")))
    for moment in (None, before):  # the cut alone knows nothing of what was written after it
        again = changed(prepare("monthly", OCTOBER, october, texts_at=moment))
        assert again[1].runs[0].text.startswith("下書き")


@pytest.mark.both
@pytest.mark.django_db
def test_two_writers_lose_nothing(later):
    first = write("一人目")
    later()
    with pytest.raises(Refusal) as refused:
        write("二人目")  # saw an empty text
    assert refused.value.faults[0].code == "changed_meanwhile"
    assert "見本 花子" in str(refused.value)
    assert write("一人目") == first, "the same text again is no new version"
    second = write("二人目", seen=first.recorded_at)
    later()
    assert [row.body for row in texts.history("monthly", "2026-10", PLACE)] == ["二人目", "一人目"]
    write("", seen=second.recorded_at)
    assert texts.texts_of("monthly", "2026-10", clock.last()) == {}, "taken back: the draft stands again"
    assert texts.texts_of("monthly", "2026-10", second.recorded_at)[PLACE].body == "二人目"


@pytest.mark.django_db
def test_a_text_has_a_longest_length():
    write("あ" * 20_000)
    with pytest.raises(Refusal, match="20,001字"):
        write("あ" * 20_001, place="summary.requests")
    assert "summary.requests" not in texts.texts_of("monthly", "2026-10", clock.last())


@pytest.mark.django_db
def test_a_jump_asks_for_its_explanation():
    """Thirty and a fifth, both: 149 to 179 is twenty per cent and thirty; one less of either is not asked."""
    lines = [f"A{n} 2026-08-01 registered full" for n in range(200)]
    told("\n".join(lines))
    told("\n".join(f"S{n} 2026-09-02 registered full" for n in range(150)))
    told("\n".join(f"O{n} 2026-10-02 registered full" for n in range(180)))
    told(
        "\n".join(f"A{n} 2026-09-09 left" for n in range(30))
        + "\n"
        + "\n".join(f"A{n + 40} 2026-10-09 left" for n in range(59))
    )
    covered("2026-08", "2026-09", "2026-10")
    cut = clock.cut()
    asked = [why for why in whys(prepare("monthly", OCTOBER, cut)) if "変化の説明" in why]
    assert [why.partition("（")[2].split()[0] for why in asked] == ["M1-1.02a", "M1-1.07a"], (
        "180 of 150; the total; 59 of 30 leavings are 29 more only"
    )
    write("大学での案内によるため。", place="explain.M1-1.02a")
    report = prepare("monthly", OCTOBER, cut, texts_at=clock.cut())
    assert len([why for why in whys(report) if "変化の説明" in why]) == 1
    said = [block for block in report.document.blocks if isinstance(block, Finding)]
    assert said[0].head == "合計　新規 180人（前月150人、+20.0%）"
    assert said[0].runs == (Run("大学での案内によるため。"), Run(number="M1-1.02a"))
