"""Each view says which permission it needs; nothing is shown to anyone else."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from partner.accounts.roles import Role, holders, may

View = Callable[..., HttpResponse]


def allowed(request: HttpRequest, permission: str) -> bool:
    """Whether whoever is signed in holds the permission."""
    user: Any = request.user
    return bool(user.is_authenticated and user.is_active and may(user.role, permission))


def needs(permission: str) -> Callable[[View], View]:
    """Lets in who holds the permission; others sign in first, or read whom to ask."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not allowed(request, permission):
                whom = "、".join(Role(role).label for role in holders(permission))
                return render(request, "403.html", {"whom": whom}, status=403)
            return view(request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return decorate
