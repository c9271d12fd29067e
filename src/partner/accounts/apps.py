from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "partner.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Guards the audit table after each migration, and writes down who comes and goes."""
        from partner.accounts import audit

        def noted(action: str) -> Any:
            def note(sender: Any, request: Any = None, **_: Any) -> None:
                if request is not None:
                    audit.record(request, action)

            return note

        post_migrate.connect(audit.install_guards, sender=self, dispatch_uid="audit_guards")
        for signal, action in (
            (user_logged_in, "signed_in"),
            (user_logged_out, "signed_out"),
            (user_login_failed, "sign_in_failed"),
        ):
            signal.connect(noted(action), weak=False, dispatch_uid=f"audit_{action}")
