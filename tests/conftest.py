"""What every test can ask for.

`db` (pytest-django): one transaction, rolled back. For tests that read, or write in one transaction.
`ledger_db`: a database of its own with real commits, for cuts, threads, processes and commands.
`at_clock`: sets what the ledger takes for the machine's time.
`live_site`, `page`: the site over a `ledger_db`, and Chromium in front of it.
"""

import contextlib
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

# Before Django reads its settings: no test ever touches the real data folder.
_session_data = tempfile.mkdtemp(prefix="partner-tests-")
os.environ["PARTNER_DATA"] = _session_data
Path(_session_data, "static").mkdir()
os.environ["DJANGO_SETTINGS_MODULE"] = "partner.config.settings"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright keeps an event loop in the tests' own thread

CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_configure(config: pytest.Config) -> None:
    """Reads the settings, so that pytest-django sets Django up."""
    from django.conf import settings

    assert Path(_session_data).resolve() == settings.DATA
    if getattr(config.option, "numprocesses", None) and "PYTEST_XDIST_WORKER" not in os.environ:
        del os.environ["DJANGO_SETTINGS_MODULE"]  # else a worker reads the settings before it has its own data folder


def pytest_unconfigure() -> None:
    """The tests' own data folder goes."""
    shutil.rmtree(_session_data, ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever opens a page is a browser test; the long stories come first, so that no processor waits at the end."""
    for item in items:
        if "page" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: item.get_closest_marker("browser") is None and item.get_closest_marker("slow") is None)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[str]:
    """The test database, migrated; and kept once more as a template before any test runs."""
    from django.conf import settings
    from django.test.utils import setup_databases, teardown_databases

    from tests import databases

    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # a file, as the product's is
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(Path(_session_data) / "test.sqlite3")
    elif worker := os.environ.get("PYTEST_XDIST_WORKER"):  # each process of a run has a database of its own
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = f"test_partner_{worker}"
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases={"default"}, serialized_aliases=set())
        template = databases.make_template(Path(_session_data))
    yield template
    with django_db_blocker.unblock():
        databases.drop(template)
        teardown_databases(made, verbosity=0)


@pytest.fixture
def transactional_db() -> None:
    """Refused: it flushes, and the ledger's triggers refuse a flush."""
    pytest.fail("ask for ledger_db instead of transactional_db or live_server: the ledger refuses to be flushed")


@pytest.fixture
def ledger_db(django_db_setup: str, django_db_blocker: Any, tmp_path: Path, settings: Any) -> Iterator[Any]:
    """A fresh database with real commits; see LedgerDb for `url`, `env`, `command` and `start`."""
    from tests import databases

    data = tmp_path / "data"
    data.mkdir()
    settings.DATA = data
    with django_db_blocker.unblock(), databases.fresh_copy(django_db_setup, data) as fresh:
        yield fresh


@pytest.fixture(scope="session")
def stages(django_db_setup: str, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """See `stage`."""
    from tests.databases import Stages

    found = Stages(django_db_setup, tmp_path_factory.mktemp("stages"))
    yield found
    with django_db_blocker.unblock():
        found.drop()


@pytest.fixture
def stage(stages: Any, django_db_blocker: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """`stage(name, make)`: a database of the test's own, as it was after `make()`, which is called once in a run.

    Gives what `make()` returned then; that holds no row, as a row belongs to a database.
    """
    with django_db_blocker.unblock(), contextlib.ExitStack() as open_:
        yield lambda name, make: open_.enter_context(stages.at(name, make, tmp_path / "data"))


@pytest.fixture
def at_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """`at_clock(instant)`: from now on that is the machine's time, as far as the ledger knows."""

    def stand_at(instant: datetime) -> None:
        monkeypatch.setattr("partner.ledger.clock.now", lambda: instant)

    return stand_at


@pytest.fixture
def live_site(ledger_db: Any) -> Iterator[str]:
    """The address of the site, served by this process over the test's own database."""
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application

    class Quiet(WSGIRequestHandler):
        def log_message(self, *args: object) -> None: ...

    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet, allow_reuse_address=False)
    server.set_app(get_wsgi_application())
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}"  # a name, not a number: passkeys want one
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium."""
    from playwright.sync_api import sync_playwright

    names = ("chromium", "chromium-browser", "google-chrome")
    path = next(filter(None, map(shutil.which, names)), None)
    if path is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    env = {**os.environ, "HOME": _session_data}  # type: dict[str, str | float | bool]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS, env=env)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Any, live_site: str) -> Iterator[Any]:
    """A page with an empty profile; `page.goto("/desk/")` goes to the live site. What CSP blocks fails the test."""
    context = browser.new_context(base_url=live_site, locale="ja-JP", timezone_id="Asia/Tokyo")
    context.set_default_timeout(10_000)
    opened = context.new_page()
    blocked: list[str] = []
    opened.on("console", lambda said: blocked.append(said.text) if "Content Security Policy" in said.text else None)
    yield opened
    context.close()
    assert blocked == []
