"""Sign-ins, failed ones, sign-outs, and changes of how someone signs in: each leaves an audit row."""

from typing import Any

from allauth.account.signals import password_changed
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

from partner.accounts import audit
from partner.accounts.models import User

_KINDS = {"totp": "確認コード", "webauthn": "パスキー", "recovery_codes": "予備コード"}


def connect() -> None:
    """Listens to Django and allauth."""
    user_logged_in.connect(_came, dispatch_uid="audit_signed_in")
    user_logged_out.connect(_left, dispatch_uid="audit_signed_out")
    user_login_failed.connect(_failed, dispatch_uid="audit_sign_in_failed")
    password_changed.connect(_changed, dispatch_uid="audit_password_changed")
    authenticator_added.connect(_added, dispatch_uid="audit_authenticator_added")
    authenticator_removed.connect(_removed, dispatch_uid="audit_authenticator_removed")


def _came(sender: Any, user: User, **_: Any) -> None:
    audit.record(audit.name_and_role(user), "signed_in")


def _left(sender: Any, user: User | None, **_: Any) -> None:
    if user is not None:
        audit.record(audit.name_and_role(user), "signed_out")


def _failed(sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    """What was typed is kept only where it is a user's name: people type passwords into the wrong field."""
    user = User.objects.filter(username=credentials.get("username", "")).first()
    audit.record(audit.name_and_role(user) if user else ("（不明）", ""), "sign_in_failed")


def _changed(sender: Any, user: User, **_: Any) -> None:
    audit.record(audit.name_and_role(user), "password_changed")


def _added(sender: Any, user: User, authenticator: Any, **_: Any) -> None:
    audit.record(audit.name_and_role(user), "authenticator_added", detail=_KINDS.get(authenticator.type, ""))


def _removed(sender: Any, user: User, authenticator: Any, **_: Any) -> None:
    audit.record(audit.name_and_role(user), "authenticator_removed", detail=_KINDS.get(authenticator.type, ""))
