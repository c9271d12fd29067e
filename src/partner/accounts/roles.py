"""The roles, and what each may do. One table; nothing else decides."""

from django.db import models


class Role(models.TextChoices):
    """As in the contract's organisation; the values are the interface's names."""

    REGISTRANT = "registrant", "人材登録者"
    ORGANIZATION = "organization", "団体"
    COUNSELLOR = "counsellor", "相談員"
    OFFICE = "office", "事務局"
    OPERATOR = "operator", "システム運用"
    REPORTER = "reporter", "報告担当"
    CHECKER = "checker", "点検"
    MANAGER = "manager", "業務責任者"
    ADMIN = "admin", "管理者"
    JICA = "jica", "確認者（機構）"


_STAFF = {"desk.see", "figures.see", "reports.see"}
_PERMISSIONS: dict[str, set[str]] = {
    "registrant": set(),
    "organization": set(),
    "counsellor": _STAFF,
    "office": _STAFF | {"records.see", "records.names", "intake.load", "records.erase"},
    "operator": _STAFF | {"records.see", "intake.load"},
    "reporter": _STAFF | {"records.see", "intake.load", "master.see"},
    "checker": _STAFF | {"records.see", "master.see"},
    "manager": _STAFF | {"records.see", "master.see", "master.propose", "audit.see"},
    "admin": _STAFF | {"records.see", "master.see", "master.record", "audit.see", "users.manage"},
    "jica": {"desk.see", "figures.see", "reports.see", "records.see"},
}


def may(role: str, permission: str) -> bool:
    """Whether the role holds the permission."""
    return permission in _PERMISSIONS.get(role, set())


def holders(permission: str) -> list[str]:
    """The roles that hold the permission, in their order."""
    return [role for role in Role.values if may(role, permission)]
