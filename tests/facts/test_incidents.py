"""Complaints, troubles and leaks through their sheets."""

import pytest

from partner.facts.models.incidents import Incident, IncidentNote
from partner.ledger import clock
from tests.cases import at
from tests.facts.good_rows import a_sheet
from tests.facts.sheets import counts, places, refused, take

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_november")]
HANDLED = {"対処完了日時": "2026-10-09 17:00", "対処": "設定を改めた。"}


def faults(path, kind, *rows):
    return places(refused(a_sheet(path, kind, *rows), kind))


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        ({"発生日時": "2026-10-05 09:00:01"}, "ends_before_begin", "発生日時"),
        ({"機構への第一報": "2026-10-05 08:59"}, "ends_before_begin", "機構への第一報"),
        ({**HANDLED, "対処完了日時": "2026-10-05 08:59:59"}, "ends_before_begin", "対処完了日時"),
        ({**HANDLED, "対処": ""}, "missing_value", "対処"),
        ({"知った日時": "2026-11-21"}, "in_the_future", "知った日時"),
        ({"対処完了日時": "2026-11-21", "対処": "設定を改めた。"}, "in_the_future", "対処完了日時"),
        ({"事案番号": "T/1"}, "bad_number", "事案番号"),
        ({"本人の数": "12"}, "out_of_place", "本人の数"),  # of a leak alone
        ({"要配慮個人情報を含む": "該当しない"}, "out_of_place", "要配慮個人情報を含む"),
        ({"内容": "申出は nobody@example.jp から"}, "personal_data", "内容"),
        ({"件名": "03（0000）0000 からの苦情"}, "personal_data", "件名"),
    ],
)
def test_what_cannot_be(a_csv, cells, code, column):
    assert faults(a_csv, "incidents", cells) == [(code, 2, column)]


def test_noticed_told_and_handled_at_one_instant(a_csv):
    cells = {
        "発生日時": "2026-10-05 09:00",
        "機構への第一報": "2026-10-05 09:00",
        **HANDLED,
        "対処完了日時": "2026-10-05 09:00",
    }
    assert counts(take(a_sheet(a_csv, "incidents", cells), "incidents")) == (1, 0, 0, 0)


def test_a_leak_told_step_by_step(a_csv, tmp_path):
    leak = {"種別": "個人情報の漏えい等", "発生日時": "", "問い合わせの受付番号": "Q-7"}
    take(a_sheet(a_csv, "incidents", leak), "incidents")
    before = clock.last()
    known = {
        **leak,
        **HANDLED,
        "発生日時": "2025-06-02",
        "本人の数": "120",
        "要配慮個人情報を含む": "該当しない",
    }  # an old one
    assert counts(take(a_sheet(tmp_path / "2.csv", "incidents", known), "incidents")) == (0, 1, 0, 0)
    then, now = Incident.objects.known_at(before).get(), Incident.objects.believed().get()
    assert (then.people, then.is_sensitive, then.handled_at, then.occurred_at) == (None, "", None, None)
    assert (now.people, now.is_sensitive, now.inquiry) == (120, "no", "Q-7")
    assert (now.occurred_at, now.noticed_at) == (at("2025-06-02"), then.noticed_at)


def test_one_incident_told_twice(a_csv):
    assert faults(a_csv, "incidents", {}, {"行キー": "k2"}) == [("told_twice", 3, "事案番号")]


def test_notes_hold_no_contact(a_csv, tmp_path):
    assert faults(a_csv, "incident_notes", {"経過": "０９０−００００−００００へ連絡した"}) == [
        ("personal_data", 2, "経過")
    ]
    take(a_sheet(tmp_path / "2.csv", "incident_notes"), "incident_notes")
    assert IncidentNote.objects.get().incident == "T-1"
