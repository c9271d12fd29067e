"""How allauth behaves here: nobody signs up by himself yet."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Sign-ins are made by an administrator (`./partner user add`)."""

    def is_open_for_signup(self, request: Any) -> bool:
        """Closed."""
        return False
