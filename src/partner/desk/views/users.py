"""利用者・権限: who signs in, and which role may do what."""

from typing import Any

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_variables

from partner.accounts import actions, audit
from partner.accounts.models import User
from partner.accounts.permissions import needs
from partner.accounts.roles import PERMISSIONS, Role, may
from partner.common.refusal import Refusal

_STAFF_ROLES = [role for role in Role if may(role, "desk.see")]
_CHOICES = [(role.value, role.label) for role in _STAFF_ROLES]


_MISSING = {"required": "入力してください。"}


class AddForm(forms.Form):
    """A new sign-in."""

    username = forms.CharField(
        label="利用者名",
        error_messages=_MISSING,
        max_length=80,
        help_text="ログインのときに入れます。英数字と @ . + - _ が使えます。後から変えられません。",
    )
    display_name = forms.CharField(
        label="表示名",
        error_messages=_MISSING,
        max_length=80,
        help_text="画面と記録に出る名前です。例：見本 花子",
    )
    role = forms.ChoiceField(label="役割", choices=_CHOICES)


class ChangeForm(forms.Form):
    """What an administrator changes of a user."""

    display_name = forms.CharField(label="表示名", max_length=80, required=False)
    role = forms.ChoiceField(label="役割", choices=_CHOICES)
    is_active = forms.BooleanField(
        label="ログインできる", required=False, help_text="外すと、次の操作からログアウトされます。記録は残ります。"
    )


@needs("users.manage")
def users(request: HttpRequest) -> HttpResponse:
    """All users, and the table of roles and permissions."""
    with_factor = set(Authenticator.objects.exclude(type="recovery_codes").values_list("user_id", flat=True))
    found = [
        {"user": user, "has_factor": user.pk in with_factor}
        for user in User.objects.order_by("-is_active", "role", "username")
    ]
    table = [
        {"words": words, "may": [may(role, name) for role in _STAFF_ROLES]}
        for name, words in PERMISSIONS.items()
        if name != "account.own"
    ]
    return render(request, "desk/users/list.html", {"users": found, "roles": _STAFF_ROLES, "table": table})


@needs("users.manage")
@sensitive_variables("password")
def user_add(request: HttpRequest) -> HttpResponse:
    """Adds one; the password is shown once, on the page that answers."""
    form = AddForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            user, password = actions.add_user(
                name=data["username"], role=data["role"], display=data["display_name"], by=audit.by_of(request)
            )
        except Refusal as refusal:
            form.add_error("username", str(refusal))
        else:
            return render(request, "desk/users/password.html", {"person": user, "password": password, "is_new": True})
    return render(request, "desk/users/add.html", {"form": form}, status=400 if form.errors else 200)


@needs("users.manage")
@sensitive_variables("password")
def user_change(request: HttpRequest, number: int) -> HttpResponse:
    """Name, role, whether he may sign in; a new password; the second factor taken away."""
    user = get_object_or_404(User, pk=number)
    by, wanted = audit.by_of(request), request.POST.get("do", "")
    if request.method == "POST" and wanted == "password":
        password = actions.give_password(user, by=by)
        return render(request, "desk/users/password.html", {"person": user, "password": password, "is_new": False})
    if request.method == "POST" and wanted == "factor":
        actions.clear_second_factor(user, by=by)
        messages.success(request, f"{user.username} の2つ目の確認を外しました。")
        return redirect("desk:user_change", user.pk)
    return _change(request, user)


def _change(request: HttpRequest, user: User) -> HttpResponse:
    initial: dict[str, Any] = {name: getattr(user, name) for name in ("display_name", "role", "is_active")}
    form = ChangeForm(request.POST if request.method == "POST" else None, initial=initial)
    if user.role not in dict(_CHOICES):
        form.fields["role"].choices = [(user.role, user.get_role_display()), *_CHOICES]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            changed = actions.change_user(
                user,
                display=data["display_name"],
                role=data["role"],
                is_active=data["is_active"],
                by=audit.by_of(request),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "変更しました。" if changed else "変わったところはありません。")
            return redirect("desk:users")
    factors = Authenticator.objects.filter(user=user).exclude(type="recovery_codes").count()
    context = {"form": form, "person": user, "factors": factors}
    return render(request, "desk/users/change.html", context, status=400 if form.errors else 200)
