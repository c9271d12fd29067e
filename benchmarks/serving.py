"""`./partner bench serving`: the sign-in page served with its page view recorded, and without, in turns in one process.

Run as a module over an empty data folder (PARTNER_DATA).
"""

import json
import sys
import time
from io import BytesIO
from typing import Any

from benchmarks.measure import result, say, set_up

PAGE = "/accounts/login/"
ROUNDS, PAGES = 60, 20
AGENT = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"
)
MIDDLEWARE = "partner.facts.access.serving.PageViewMiddleware"


def main() -> list[dict[str, Any]]:
    """The median over the rounds of each: what else the machine does meets both alike."""
    set_up()
    from django.conf import settings

    from partner.facts.access import serving

    (settings.DATA / "static").mkdir(exist_ok=True)  # WhiteNoise looks for it
    with_it, without = handler(recording=True), handler(recording=False)
    for one in (with_it, without):
        serve(one, PAGES)  # templates are read, connections opened
    say(f"serving {PAGE} {2 * ROUNDS * PAGES:,} times")
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(ROUNDS):
        order = ((with_it, times[0]), (without, times[1]))
        for one, taken in order if number % 2 else order[::-1]:
            taken.append(serve(one, PAGES))
    written = sum(path.read_bytes().count(b'"GET ') for path in serving.folder().glob("*.log"))
    if written != (ROUNDS + 1) * PAGES:
        raise SystemExit(f"{written} lines were written")
    recorded, bare = (1000 * median(taken) / PAGES for taken in times)
    return [
        result(f"a page served and recorded ({PAGE})", recorded, "the same page, not recorded", bare, 1.1111, "ms"),
        line(),
    ]


def line() -> dict[str, Any]:
    """What the recording alone costs, beside the tenth of a page that is served two thousand times a second."""
    from django.http import HttpResponse
    from django.test import RequestFactory

    from partner.facts.access import serving

    request, answer = RequestFactory().get(PAGE, HTTP_USER_AGENT=AGENT), HttpResponse("page")
    record = serving.PageViewMiddleware(lambda _: answer)
    record(request)
    ours = timed(lambda: record(request))
    return result("recording alone", ours, "a tenth of a page at 2,000 a second", 50, 1, "us")


def timed(work: Any, times: int = 20_000) -> float:
    """Microseconds for one, the best of five rounds."""
    found = []
    for _ in range(5):
        began = time.perf_counter()
        for _ in range(times):
            work()
        found.append(time.perf_counter() - began)
    return min(found) / times * 1_000_000


def handler(*, recording: bool) -> Any:
    """The product's own WSGI handler; its list of middleware as it is, or without the one."""
    from django.conf import settings
    from django.core.handlers.wsgi import WSGIHandler
    from django.test import override_settings

    chosen = [name for name in settings.MIDDLEWARE if recording or name != MIDDLEWARE]
    with override_settings(MIDDLEWARE=chosen):
        return WSGIHandler()


def serve(application: Any, pages: int) -> float:
    """Seconds for so many pages, each received whole."""
    began = time.perf_counter()
    for _ in range(pages):
        states: list[str] = []
        answer = application(environ(), lambda status, headers, states=states: states.append(status))
        for _ in answer:
            pass
        answer.close()
        assert states == ["200 OK"], states
    return time.perf_counter() - began


def environ() -> dict[str, Any]:
    """A request as gunicorn hands it over."""
    return {
        "REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "PATH_INFO": PAGE, "RAW_URI": PAGE, "QUERY_STRING": "",
        "SERVER_NAME": "localhost", "SERVER_PORT": "8000", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "localhost:8000",
        "REMOTE_ADDR": "127.0.0.1", "HTTP_USER_AGENT": AGENT, "HTTP_ACCEPT": "text/html", "HTTP_ACCEPT_LANGUAGE": "ja",
        "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.input": BytesIO(), "wsgi.errors": sys.stderr,
        "wsgi.multithread": False, "wsgi.multiprocess": True, "wsgi.run_once": False,
    }  # fmt: skip


def median(numbers: list[float]) -> float:
    """The middle one."""
    return sorted(numbers)[len(numbers) // 2]


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(), ensure_ascii=False) + "\n")
