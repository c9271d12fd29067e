"""Adding and changing those who sign in; each change leaves an audit row."""

import secrets

from django.core.exceptions import ValidationError
from django.db import transaction

from partner.accounts import audit
from partner.accounts.models import User
from partner.accounts.roles import Role
from partner.common.refusal import Refusal


def new_password() -> str:
    """One that nobody guesses, in letters that can be read out."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(5)) for _ in range(4))


def add_user(*, name: str, role: str, display: str = "", password: str = "", by: audit.By) -> tuple[User, str]:
    """A new sign-in and its password; one is made where none is given. Raises Refusal."""
    if role not in Role.values:
        raise Refusal("unknown_role", f"役割「{role}」はありません。使えるもの：{'、'.join(Role.values)}")
    if User.objects.filter(username__iexact=name).exists():
        raise Refusal("user_exists", f"利用者名「{name}」はすでに使われています。")
    password = password or new_password()
    user = User(username=name, display_name=display, role=role)
    try:
        user.full_clean(exclude=["password"])
    except ValidationError as error:
        raise Refusal("bad_user", "、".join(error.messages)) from None
    user.set_password(password)
    with transaction.atomic():
        user.save()
        audit.record(by, "user_added", detail=f"{name}（{user.get_role_display()}）")
    return user, password


def change_user(user: User, *, display: str, role: str, is_active: bool, by: audit.By) -> list[str]:
    """Changes name, role or whether he may sign in; returns what changed. Raises Refusal for the last administrator."""
    before = User.objects.get(pk=user.pk)
    words = [
        f"{label}：{old}→{new}"
        for label, old, new in (
            ("表示名", before.display_name, display),
            ("役割", before.get_role_display(), Role(role).label),
            ("状態", _state(before.is_active), _state(is_active)),
        )
        if old != new
    ]
    if before.role == Role.ADMIN and before.is_active and (role != Role.ADMIN or not is_active) and _is_last(before):
        raise Refusal("last_admin", "管理者が1人もいなくなるため、変更できません。先に別の管理者を加えてください。")
    if words:
        with transaction.atomic():
            User.objects.filter(pk=user.pk).update(display_name=display, role=role, is_active=is_active)
            audit.record(by, "user_changed", detail=f"{user.username}　{'、'.join(words)}")
    return words


def _state(is_active: bool) -> str:
    return "利用中" if is_active else "停止中"


def _is_last(user: User) -> bool:
    return not User.objects.filter(role=Role.ADMIN, is_active=True).exclude(pk=user.pk).exists()


def give_password(user: User, *, by: audit.By) -> str:
    """A new password in place of a forgotten one; open sessions end."""
    password = new_password()
    user.set_password(password)
    with transaction.atomic():
        user.save(update_fields=["password"])
        audit.record(by, "user_changed", detail=f"{user.username}　パスワードの再発行")
    return password


def clear_second_factor(user: User, *, by: audit.By) -> None:
    """Takes away a lost phone or key; the password alone signs in until another is added."""
    from allauth.mfa.models import Authenticator

    with transaction.atomic():
        Authenticator.objects.filter(user=user).delete()
        audit.record(by, "authenticator_removed", detail=f"{user.username}　すべて（管理者による）")
