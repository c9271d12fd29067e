"""A page that is only looked at is one reading of the ledger."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from partner.ledger import clock


class ReadingMiddleware:
    """GET and HEAD see one moment. What is sent may record, and asks for each moment anew."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with clock.reading():
            return self.get_response(request)
