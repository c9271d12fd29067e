"""Who did or saw what. Rows are only ever added; triggers refuse the rest."""

from typing import Any

from django.http import HttpRequest

from partner.accounts.models import AuditEvent, User
from partner.ledger import clock

LABELS = {
    "signed_in": "ログイン",
    "sign_in_failed": "ログイン失敗",
    "signed_out": "ログアウト",
    "password_changed": "パスワードの変更",
    "authenticator_added": "認証手段の追加",
    "authenticator_removed": "認証手段の削除",
    "names_seen": "氏名・連絡先の閲覧（一覧）",
    "record_seen": "氏名・連絡先の閲覧（記録）",
    "exported": "書き出し",
    "loaded": "取り込み",
    "unloaded": "取込の取消",
    "reference_kept": "参照ファイルの登録",
    "reference_dropped": "参照ファイルの取り下げ",
    "file_kept": "添付ファイルの登録",
    "file_dropped": "添付ファイルの取り下げ",
    "original_seen": "調査の原本の閲覧",
    "erased": "情報の消去",
    "master_proposed": "定義の変更の提案",
    "master_changed": "定義の変更",
    "proposal_declined": "提案の見送り",
    "user_added": "利用者の追加",
    "user_changed": "利用者の変更",
}
COMMAND = ("（コマンド）", "運用")  # who acts at the machine itself
By = tuple[str, str]


def by_of(request: HttpRequest) -> By:
    """Name and role of whoever is signed in, as they are copied into rows."""
    user: Any = request.user
    return name_and_role(user) if user.is_authenticated else ("", "")


def name_and_role(user: User) -> By:
    """A user's name and role, as they are copied into rows."""
    return user.display_name or user.username, user.get_role_display()


def record(by: HttpRequest | By, action: str, subject: str = "", detail: str = "") -> None:
    """Adds a row. `subject` is a subject key, never a name; `detail` holds no personal data of registrants."""
    if action not in LABELS:
        raise ValueError(f"no such action: {action}")
    name, role = by_of(by) if isinstance(by, HttpRequest) else by
    AuditEvent.objects.create(
        at=clock.now(), by_name=name, by_role=role, action=action, subject=subject, detail=detail[:300]
    )
