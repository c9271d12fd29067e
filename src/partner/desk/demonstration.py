"""The demonstration's sign-ins, offered on the sign-in page while the Centre says that it is fictional."""

from typing import Any

from django.contrib.auth import get_user_model

from partner.accounts.roles import Role
from partner.desk.first_start import sign_ins

_WHAT = {
    "reporter": "報告書と数値、元の記録（氏名は非表示）",
    "checker": "報告書と数値の点検",
    "manager": "定義の変更の提案、監査記録",
    "office": "氏名・連絡先を含む記録、取り込み",
    "counsellor": "報告書と数値",
    "operator": "取り込みの状況",
    "admin": "利用者、定義の記録、監査記録",
    "jica": "報告書と数値の確認",
}
_ORDER = ("reporter", "office", "manager", "admin", "checker", "operator", "counsellor", "jica")


def people() -> list[dict[str, Any]]:
    """Each with user name, password, role and what one sees as him."""
    passwords = {name: password for name, password, _ in sign_ins()}
    users = get_user_model().objects.filter(username__in=passwords, is_active=True)
    found = [
        {
            "username": user.username,
            "password": passwords[user.username],
            "role": Role(user.role).label,
            "display": user.display_name,
            "what": _WHAT.get(user.role, ""),
            "order": _ORDER.index(user.role) if user.role in _ORDER else len(_ORDER),
        }
        for user in users
    ]
    return sorted(found, key=lambda one: one["order"])
