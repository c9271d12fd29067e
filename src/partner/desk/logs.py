"""An access log's way through the desk: brought, and taken in at once. The same again adds nothing, so nothing is asked."""

from collections.abc import Iterable
from typing import Any

from partner.accounts import audit
from partner.accounts.models import User
from partner.common.refusal import Refusal
from partner.desk import taking
from partner.facts.access import loading
from partner.facts.access.rules import OWN_SOURCE
from partner.files import uploads
from partner.ledger import clock
from partner.work.models import Task
from partner.work.running import Progress

KIND, LABEL = "access_log", "アクセスログ"
MAX_BYTES = taking.MAX_BYTES
COUNTS = (
    ("lines", "行"), ("page_views", "ページの閲覧"), ("crawler", "検索ロボットなど"), ("own", "センター・監視"), ("static", "画像などの部品"),
    ("not_a_page_request", "ページの要求でないもの"), ("malformed", "形式に合わない行"),
)  # fmt: skip


def bring(name: str, size: int, chunks: Iterable[bytes], source: str, user: User) -> Task:
    """Keeps the log under a new task. Raises Refusal where it is empty or too large."""
    if size == 0:
        raise Refusal("empty_file", "空のファイルです。中身のあるファイルを選んでください。")
    if size > MAX_BYTES:
        raise Refusal(
            "too_large", f"{MAX_BYTES // 1024 // 1024} MBを超えています。gzip にするか、コマンドで取り込んでください。"
        )
    by_name, by_role = audit.name_and_role(user)
    fitting = uploads.fitting_name(name)
    task = Task.objects.create(
        owner=user.get_username(), by_name=by_name, by_role=by_role, label=LABEL, touched_at=clock.now(),
        given={"kind": KIND, "file": fitting, "source": source or OWN_SOURCE},
    )  # fmt: skip
    uploads.put(task.key, fitting, chunks)
    return task


def take(task: Task, progress: Progress) -> dict[str, Any]:
    """Takes the log in; then the file goes. A refused one is kept until its owner gives it up."""
    source = str(task.given["source"])
    answer = loading.load([taking.sheet_of(task)], source=source, by=task.by, say=progress.say)
    audit.record(task.by, "loaded", detail=f"{LABEL}　{source}　{answer['lines']:,}行")
    uploads.drop(task.key)
    return {"counts": {name: answer[name] for name, _ in COUNTS}, "state": answer["files"][0]["state"]}
