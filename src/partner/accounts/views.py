"""What is answered where allauth offers more than this version does, or refuses."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

_WORDS = {
    "signup": ("利用者登録は受け付けていません", "利用者は管理者が加えます。必要なときは、管理者に依頼してください。"),
    "forgotten": (
        "パスワードを忘れたとき",
        "管理者に依頼してください。管理者が「利用者・権限」で新しいパスワードを発行します。",
    ),
    "email": ("メールアドレスは登録していません", "この版では、ログインにメールアドレスを使いません。"),
}


@never_cache
def not_offered(request: HttpRequest, what: str, **_: object) -> HttpResponse:
    """Whom to ask instead."""
    title, text = _WORDS[what]
    return render(request, "account/not_offered.html", {"heading": title, "text": text})


@never_cache
def too_many(request: HttpRequest) -> HttpResponse:
    """The answer to too many tries."""
    return render(request, "429.html", status=429)
