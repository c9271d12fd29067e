"""Each view says which permission it needs; nothing is shown to anyone else."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from partner.accounts.roles import PERMISSIONS, Role, holders, may

View = Callable[..., HttpResponse]


def allowed(request: HttpRequest, permission: str) -> bool:
    """Whether whoever is signed in holds the permission."""
    user: Any = request.user
    return bool(user.is_authenticated and user.is_active and may(user.role, permission))


def needs(permission: str) -> Callable[[View], View]:
    """Lets in who holds the permission; others sign in first, or read whom to ask. No answer is kept by a cache."""
    if permission not in PERMISSIONS:
        raise ValueError(f"no such permission: {permission}")

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            response = view(request, *args, **kwargs) if allowed(request, permission) else refused(request, permission)
            add_never_cache_headers(response)
            return response

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def refused(request: HttpRequest, permission: str) -> HttpResponse:
    """The page that says what is not shown, and whom to ask."""
    user: Any = request.user
    context = {
        "role": user.get_role_display(),
        "what": PERMISSIONS[permission],
        "whom": "、".join(Role(role).label for role in holders(permission)),
    }
    return render(request, "403.html", context, status=403)
