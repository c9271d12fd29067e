"""Work beside the pages: how far it is, two at once, stopped, dead; and the loads that came of it."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from partner.accounts.models import AuditEvent
from partner.common.locks import file_lock
from partner.common.refusal import Refusal
from partner.desk import taking
from partner.facts.models import Load
from partner.ledger import clock
from partner.work import running
from partner.work.models import Task
from tests.desk.brought import PEOPLE, act, bring, kept, signed_in, text
from tests.facts.sheets import LABELS, table, written


@pytest.fixture
def held(office: Client) -> Iterator[None]:
    """Another piece of work is under way."""
    Task.objects.create(owner="demo-reporter", by_name="見本 花子", by_role="報告担当", label="団体登録の異動",
                        state="running", began_at=clock.now(), touched_at=clock.now())  # fmt: skip
    with file_lock("work"):
        yield


def test_two_at_once_are_told_of_each_other(office: Client, held: None) -> None:
    page = text(office.get(bring(office)))
    assert "いま別の処理が動いています（団体登録の異動、見本 花子、09:40から）" in page
    assert "調べ直す" in page
    assert kept() == ["異動.csv"]


def test_a_task_whose_process_died_is_said_to_have_stopped(office: Client) -> None:
    where = bring(office)
    Task.objects.update(state="running", step=taking.LOAD, result={})
    page = text(office.get(where))
    assert "中断しました" in page
    assert "サーバーが止まったため" in page
    assert "まだ何も変えていません" in text(act(office, where, "check"))


def test_stopping_before_it_writes_changes_nothing(office: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    where = bring(office)
    monkeypatch.setattr(taking.loading, "_checked", stopping(taking.loading._checked))
    page = text(act(office, where, "load"))
    assert "中断しました" in page
    assert not Load.objects.exists()
    assert kept() == ["異動.csv"]


def test_once_it_writes_it_is_not_stopped(office: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    where = bring(office)
    monkeypatch.setattr(taking.loading, "stage", stopping(taking.loading.stage))
    act(office, where, "load")
    assert Load.objects.count() == 1


def stopping(work: Callable[..., Any]) -> Callable[..., Any]:
    """The work, with someone who asks for its end meanwhile."""

    def stopped(*args: Any) -> Any:
        running.stop(Task.objects.get())
        return work(*args)

    return stopped


def test_a_defect_tells_its_name_and_nothing_of_a_row(
    office: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise ValueError("架空 花")

    where = bring(office)
    monkeypatch.setattr(taking.loading, "load", fails)
    page = text(act(office, where, "load"))
    assert "プログラムの不具合で終わりました" in page
    assert "ValueError" in page
    assert "架空 花" not in page + caplog.text
    assert kept() == ["異動.csv"]


def test_progress_is_a_part_of_the_page(office: Client) -> None:
    where = bring(office)
    key = where.rstrip("/").rpartition("/")[2]
    task = Task.objects.get()
    reached, may_go = threading.Event(), threading.Event()

    def slow(task: Task, progress: running.Progress) -> dict[str, Any]:
        progress.say("読んでいます：10,000行")
        reached.set()
        assert may_go.wait(30)
        progress.say("もう少し")
        return {}

    thread = threading.Thread(target=running.start, args=(task, taking.CHECK, slow))
    thread.start()
    try:
        assert reached.wait(30)
        answer = office.get(f"/-/work/{key}/")
        assert answer.headers["X-Running"] == "1"
        assert "読んでいます：10,000行" in text(answer)
        assert "<html" not in text(answer)
        page = text(office.get(where))
        assert '<noscript><meta http-equiv="refresh"' in page
        assert f'data-poll="/-/work/{key}/"' in page
        with pytest.raises(Refusal, match="いま別の処理が動いています"):
            running.start(Task.objects.get(), taking.CHECK, slow)
        assert "取込をやめました" not in text(act(office, where, "give_up"))
        assert "中断する" in page
        act(office, where, "stop")
    finally:
        may_go.set()
        thread.join()
    assert office.get(f"/-/work/{key}/").headers["X-Running"] == "0"
    assert "中断しました" in text(office.get(where))


# ── loads ──


def test_a_load_tells_what_is_new_corrected_and_withdrawn(office: Client) -> None:
    act(office, bring(office), "load")
    changed = "k1 | 1001 | 登録 | 2026-09-03 | simple | 架空 花\nk9 | 1009 | 登録 | 2026-09-05 | full | 架空 芽"
    act(office, bring(office, changed), "load")
    gone = SimpleUploadedFile(
        "取消.csv", written([*LABELS, "取消"], table("k2 | 1002 | 登録 | 2026-09-02 | full | 取消")).encode()
    )
    act(office, office.post(PEOPLE, {"sheet": gone}).headers["Location"], "load")
    pages = [text(office.get(f"/desk/intake/loads/{load.pk}/")) for load in Load.objects.order_by("pk")]
    assert [(page.count("<td>新規</td>"), page.count("<td>訂正</td>"), page.count("<td>取消</td>")) for page in pages] == [
        (2, 0, 0), (1, 1, 0), (0, 0, 1)
    ]  # fmt: skip
    assert "に置き換え・取消" in pages[0]
    for role in ("jica", "checker"):
        client = signed_in(role)
        assert client.get(f"/desk/intake/loads/{Load.objects.latest('pk').pk}/").status_code == 200
        assert "取消.csv" in text(client.get("/desk/intake/loads/"))


def test_loads_are_listed_by_kind_and_page(office: Client) -> None:
    act(office, bring(office), "load")
    assert "異動.csv" in text(office.get("/desk/intake/loads/?kind=people"))
    page = text(office.get("/desk/intake/loads/?kind=organizations"))
    assert "この種類の取込はまだありません" in page
    assert "異動.csv" in text(office.get("/desk/intake/loads/?kind=nonsense&page=99999"))
    assert office.get("/desk/intake/loads/99999/").status_code == 404
    assert office.get("/desk/intake/loads/99999999999999999999999/").status_code == 404


# ── taken back ──


def test_a_load_is_taken_back_and_can_come_again(office: Client) -> None:
    act(office, bring(office, covers="2026-09"), "load")
    load = Load.objects.get()
    where = f"/desk/intake/loads/{load.pk}/"
    assert "この取込を取り消す" in text(office.get(where))
    asked = text(office.get(f"{where}undo/"))
    assert "<b>2件</b>を取り消します" in asked
    assert "2026-09-01 〜 2026-09-30" in asked
    assert Load.objects.believed().exists()
    page = text(office.post(f"{where}undo/", follow=True))
    assert "この取込を取り消しました" in page
    assert "2件を取り消し、0件を取込前の内容に戻しました" in page
    assert "取消済み" in page
    assert "この取込を取り消す" not in page
    assert not Load.objects.believed().exists()
    assert AuditEvent.objects.get(action="unloaded").by_name == "例示 太郎"
    assert "取消済み" in text(office.get("/desk/intake/loads/"))
    assert office.get(f"{where}undo/").status_code == 400
    assert "まだ何も変えていません" in text(office.get(bring(office)))


def test_what_cannot_be_taken_back_is_said_with_its_reason(office: Client) -> None:
    act(office, bring(office), "load")
    first = Load.objects.get()
    act(office, bring(office, "k9 | 1001 | 退会 | 2026-09-20 | | "), "load")
    page = text(office.post(f"/desk/intake/loads/{first.pk}/undo/", follow=True))
    assert "取り消せません" in page
    assert "2026-09-20の退会が成り立ちません" in page
    assert "架空 花" not in page
    assert f"取込 {first.pk} に戻る" in page
    assert first.superseded_at is None


def test_who_only_sees_loads_takes_none_back(office: Client) -> None:
    act(office, bring(office), "load")
    load = Load.objects.get()
    for role in ("jica", "checker", "admin"):
        client = signed_in(role)
        assert "この取込を取り消す" not in text(client.get(f"/desk/intake/loads/{load.pk}/"))
        assert client.post(f"/desk/intake/loads/{load.pk}/undo/").status_code == 403
    assert Load.objects.believed().count() == 1
