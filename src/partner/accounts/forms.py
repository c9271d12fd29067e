"""The forms of signing in, in the house's look and words."""

from typing import Any

from allauth.account.forms import ChangePasswordForm as AllauthChangePasswordForm
from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import ReauthenticateForm as AllauthReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm as AllauthCodeForm
from allauth.mfa.base.forms import ReauthenticateForm as AllauthCodeAgainForm
from allauth.mfa.totp.forms import ActivateTOTPForm as AllauthActivateForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm as AllauthAddKeyForm
from allauth.mfa.webauthn.forms import EditWebAuthnForm as AllauthEditKeyForm
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _


class Renderer(TemplatesSetting):
    """Every form: a summary of what is wrong, then its fields, each with label, help and error."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"


def _plain(form: forms.BaseForm, **labels: Any) -> None:
    """Labels instead of placeholders; what is missing is asked for."""
    for name, field in form.fields.items():
        field.error_messages["required"] = _("入力してください。")
        field.widget.attrs.pop("placeholder", None)
        if name in labels:
            field.label = labels[name]


class LoginForm(AllauthLoginForm):
    """User name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, login=_("利用者名"), password=_("パスワード"))
        self.fields["password"].help_text = ""


class ReauthenticateForm(AllauthReauthenticateForm):
    """The password once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, password=_("パスワード"))
        self.fields["password"].help_text = ""


class ChangePasswordForm(AllauthChangePasswordForm):
    """The old password, the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(
            self,
            oldpassword=_("今のパスワード"),
            password1=_("新しいパスワード"),
            password2=_("新しいパスワード（もう一度）"),
        )
        self.fields["oldpassword"].help_text = ""
        self.fields["password1"].help_text = _(
            "10文字以上。数字だけのもの、よく使われるもの、利用者名に似たものは使えません。"
        )


class CodeForm(AllauthCodeForm):
    """A code of the second factor."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, code=_("確認コード"))
        self.fields["code"].help_text = _("認証アプリの6桁の数字。なければ予備コードを1つ入れてください。")


class CodeAgainForm(AllauthCodeAgainForm):
    """The same, to do something that asks for it again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, code=_("確認コード"))
        self.fields["code"].help_text = _("認証アプリの6桁の数字。なければ予備コードを1つ入れてください。")


class ActivateForm(AllauthActivateForm):
    """The first code that the app shows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, code=_("認証アプリに出た6桁の数字"))


class AddKeyForm(AllauthAddKeyForm):
    """A name for the key, and whether it signs in alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, name=_("この端末の呼び名"), passwordless=_("これだけでログインする（パスキー）"))
        self.initial["name"] = ""
        self.fields["name"].help_text = _("例：事務室のノートパソコン")
        self.fields["passwordless"].initial = True
        self.fields["passwordless"].help_text = _(
            "指紋・顔・PINで本人を確かめます。外すと、パスワードの後の2つ目の確認に使います。"
        )


class EditKeyForm(AllauthEditKeyForm):
    """Another name for the key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, name=_("この端末の呼び名"))
