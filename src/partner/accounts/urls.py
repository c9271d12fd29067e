"""Signing in, and how one signs in: allauth's views under its own names, but only those that are offered here."""

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import URLPattern, path

from partner.accounts.permissions import needs
from partner.accounts.views import not_offered


def _own(route: str, view: Any, name: str) -> URLPattern:
    return path(route, needs("account.own")(view), name=name)


def _not_offered(route: str, name: str, what: str) -> URLPattern:
    return path(route, not_offered, {"what": what}, name=name)


# Open to everybody: they are how one gets in and out.
OPEN = {
    "account_login", "account_logout", "account_inactive", "mfa_authenticate", "mfa_login_webauthn", "account_signup",
    "account_reset_password", "account_email", "account_email_verification_sent", "account_set_password", "set_language", "root",
    "desk:due_feed", "counted", "published",
}  # fmt: skip

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    _own("reauthenticate/", account.reauthenticate, "account_reauthenticate"),
    _own("password/change/", account.password_change, "account_change_password"),
    path("2fa/authenticate/", mfa.authenticate, name="mfa_authenticate"),
    _own("2fa/", mfa.index, "mfa_index"),
    _own("2fa/reauthenticate/", mfa.reauthenticate, "mfa_reauthenticate"),
    _own("2fa/totp/activate/", totp.activate_totp, "mfa_activate_totp"),
    _own("2fa/totp/deactivate/", totp.deactivate_totp, "mfa_deactivate_totp"),
    _own("2fa/recovery-codes/", recovery.view_recovery_codes, "mfa_view_recovery_codes"),
    _own("2fa/recovery-codes/generate/", recovery.generate_recovery_codes, "mfa_generate_recovery_codes"),
    _own("2fa/recovery-codes/download/", recovery.download_recovery_codes, "mfa_download_recovery_codes"),
    path("2fa/webauthn/login/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    _own("2fa/webauthn/", webauthn.list_webauthn, "mfa_list_webauthn"),
    _own("2fa/webauthn/add/", webauthn.add_webauthn, "mfa_add_webauthn"),
    _own("2fa/webauthn/reauthenticate/", webauthn.reauthenticate_webauthn, "mfa_reauthenticate_webauthn"),
    _own("2fa/webauthn/keys/<int:pk>/remove/", webauthn.remove_webauthn, "mfa_remove_webauthn"),
    _own("2fa/webauthn/keys/<int:pk>/edit/", webauthn.edit_webauthn, "mfa_edit_webauthn"),
    _not_offered("signup/", "account_signup", "signup"),
    _not_offered("password/reset/", "account_reset_password", "forgotten"),
    _not_offered("password/set/", "account_set_password", "forgotten"),
    _not_offered("email/", "account_email", "email"),
    _not_offered("confirm-email/", "account_email_verification_sent", "email"),
]
