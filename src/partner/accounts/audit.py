"""Who did or saw what. Rows are only ever added; triggers refuse the rest."""

from typing import Any

from django.db import connections
from django.http import HttpRequest

from partner.accounts.models import AuditEvent
from partner.ledger import clock

LABELS = {
    "signed_in": "ログイン",
    "sign_in_failed": "ログイン失敗",
    "signed_out": "ログアウト",
    "names_seen": "氏名・連絡先の閲覧",
    "record_seen": "記録の閲覧（氏名・連絡先）",
    "exported": "書き出し",
    "master_changed": "定義の変更",
    "master_proposed": "定義の変更の提案",
    "proposal_declined": "提案の見送り",
}


def by_of(request: HttpRequest) -> tuple[str, str]:
    """Name and role of whoever is signed in, as they are copied into rows."""
    user: Any = request.user
    return (user.display_name or user.username, user.get_role_display()) if user.is_authenticated else ("", "")


def record(request: HttpRequest, action: str, subject: str = "", detail: str = "") -> None:
    """Adds a row. `subject` is a subject key, never a name; `detail` holds no personal data."""
    name, role = by_of(request)
    AuditEvent.objects.create(at=clock.now(), by_name=name, by_role=role, action=action, subject=subject, detail=detail[:300])


def install_guards(using: str = "default", **_: Any) -> None:
    """Triggers on both databases that refuse UPDATE, DELETE and TRUNCATE of audit rows."""
    connection, table = connections[using], AuditEvent._meta.db_table
    if table not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for event in ("UPDATE", "DELETE") if connection.vendor == "sqlite" else ("UPDATE", "DELETE", "TRUNCATE"):
            name = f"{table}_{event.lower()}_guard"
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
                cursor.execute(f"CREATE TRIGGER {name} BEFORE {event} ON {table} BEGIN SELECT RAISE(ABORT, 'audit: refused'); END")
            else:
                each = "STATEMENT" if event == "TRUNCATE" else "ROW"
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
                cursor.execute(f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH {each} EXECUTE FUNCTION ledger_refuse()")
