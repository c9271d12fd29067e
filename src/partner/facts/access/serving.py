"""The portal's own page views: one line for each page served, written by the process that served it.

The lines are those of a web server's combined log, so everything behind `loading.load` is the same for both. What nobody
counts is not written: no query, no referrer, no user. A file belongs to one process and one hour and is locked while that
process writes to it; `collecting` takes it from there.
"""

import fcntl
import logging
import os
import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from io import FileIO
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from partner.common.period import JST
from partner.facts.access import addresses, rules
from partner.ledger import clock

SOURCE = "portal-pages"  # what these lines are of when they are loaded
LAYOUT = "combined"
HOUR = timedelta(hours=1)
LONGEST_CLAIM = timedelta(days=31)  # more hours than these between two requests are rather a clock that was wrong
OVER_A_SOCKET = "unix"  # in TRUSTED_PROXIES: whoever speaks over a socket of this machine, which has no address

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NAMED = "%Y%m%dT%H"
_UNPRINTABLE = re.compile(rb'[^ -~]|["\\]')
_NOT_OF_A_WORD = re.compile(rb'[^!-~]|["\\]')
_PURPOSES = ("HTTP_SEC_PURPOSE", "HTTP_PURPOSE", "HTTP_X_MOZ")
_log = logging.getLogger(__name__)
Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class Served:
    """A page that was served, its fields escaped as a line has them."""

    address: bytes
    target: bytes
    status: int
    agent: bytes


class PageViewMiddleware:
    """Has each page view written down after it was answered, before it is sent. Never fails, never waits."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._log = OwnLog(folder)
        self._trusted = _proxies(settings.TRUSTED_PROXIES)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        at = clock.now()
        self._log.tell(at, served(request, response, at, self._trusted))
        return response


def folder() -> Path:
    """Where the lines lie until they are collected, open to this user alone."""
    spool: Path = settings.DATA / "access" / "spool"
    spool.parent.mkdir(mode=0o700, exist_ok=True)
    spool.mkdir(mode=0o700, exist_ok=True)
    return spool


def _proxies(names: Iterable[str]) -> tuple[str, ...]:
    """The setting, once it is known to be readable: a page is too late to find out."""
    try:
        return tuple(name for name in names if name == OVER_A_SOCKET or _network(name))
    except ValueError as error:
        raise ImproperlyConfigured(f"TRUSTED_PROXIES: {error}") from None


def served(
    request: HttpRequest, response: HttpResponseBase, at: datetime, trusted: tuple[str, ...] = ()
) -> Served | None:
    """The page view, or None where it is none: by the rule of all logs, and only where HTML was asked for and looked at.

    A page that a browser fetched ahead is none: nobody knows whether it will be looked at.
    """
    if request.method != "GET" or not _is_page(response) or _is_prefetch(request.META):
        return None
    target = escaped(_target(request.META), _NOT_OF_A_WORD)
    path = addresses.normalised(target)
    if path is None or addresses.is_static(path):
        return None
    if addresses.lies_under(addresses.folded(path), rules.excluded(rules.OWN_SOURCE, at.date())):
        return None
    address = escaped(_bytes(client(request.META, trusted)), _NOT_OF_A_WORD)
    agent = escaped(_bytes(request.META.get("HTTP_USER_AGENT", "")), _UNPRINTABLE)
    return Served(address or b"-", target, response.status_code, agent or b"-")


def client(meta: Mapping[str, Any], trusted: tuple[str, ...] = ()) -> str:
    """Who asked: whoever the last of the trusted proxies says it was. What others say of themselves is not heard."""
    here = str(meta.get("REMOTE_ADDR") or "")
    if not trusted:
        return here
    heard = [name.strip() for name in str(meta.get("HTTP_X_FORWARDED_FOR", "")).split(",")]
    while heard and _is_trusted(here, trusted):
        before = heard.pop()
        if not _is_address(before):
            break
        here = before
    return here


def escaped(field: bytes, signs: "re.Pattern[bytes]" = _UNPRINTABLE) -> bytes:
    r"""A field as a web server writes it into a line: `\x22` for what would end it or is no sign of ASCII."""
    return signs.sub(lambda match: b"\\x%02X" % match[0][0], field)


def _is_page(response: HttpResponseBase) -> bool:
    kind = response.headers.get("Content-Type", "")
    if response.status_code == 304:  # it has no content, nor often a type
        return not kind or kind.startswith("text/html")
    return response.status_code == 200 and kind.startswith("text/html")


def _is_prefetch(meta: Mapping[str, Any]) -> bool:
    return any(str(meta.get(name, "")).strip().lower().startswith("prefetch") for name in _PURPOSES)


def _target(meta: Mapping[str, Any]) -> bytes:
    """What was asked for, without its query, as it was sent where the server tells (gunicorn, then others)."""
    raw = meta.get("RAW_URI") or meta.get("REQUEST_URI")
    if raw:
        return _bytes(raw).partition(b"?")[0]
    path = _bytes(str(meta.get("SCRIPT_NAME", "")) + str(meta.get("PATH_INFO", "")))
    return quote(path, safe="/!$&'()*+,;=:@~").encode()


def _bytes(text: str) -> bytes:
    """What was sent: WSGI gives each byte as one sign."""
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:  # not from a server
        return text.encode("utf-8", "surrogatepass")


@lru_cache(maxsize=1000)
def _is_trusted(address: str, trusted: tuple[str, ...]) -> bool:
    if not address:
        return OVER_A_SOCKET in trusted
    networks = (_network(name) for name in trusted if name != OVER_A_SOCKET)
    return _is_address(address) and any(ip_address(address) in network for network in networks)


@lru_cache(maxsize=100)
def _network(name: str) -> Network:
    return ip_network(name, strict=False)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


class OwnLog:
    """Where this process writes its lines. A forked one begins files of its own; threads take turns."""

    def __init__(self, folder: Callable[[], Path]) -> None:
        self._folder = folder
        self._writing = _Writing(folder)

    @property
    def lost(self) -> int:
        """How many lines this process could not write."""
        return self._writing.lost

    def tell(self, at: datetime, page: Served | None) -> None:
        """Writes the page's line; without a page only, once an hour, that pages were being served and none went unseen.

        What cannot be written is lost: counted, and said in the process's log when it begins and when it ends.
        """
        writing = self._writing
        if writing.process != os.getpid():
            writing = self._writing = _Writing(self._folder)
        writing.tell(at, page)


class _Writing:
    """The lines of one process."""

    def __init__(self, folder: Callable[[], Path]) -> None:
        self.process = os.getpid()
        self.lost = 0
        self._folder = folder
        self._turn = Lock()
        self._file: _File | None = None
        self._told: datetime | None = None  # the last hour of which it was said that pages were served
        self._lost_before: int | None = None  # while lines are being lost

    def tell(self, at: datetime, page: Served | None) -> None:
        with self._turn:
            try:
                self._write(at, page)
            except OSError as error:
                self._lose(error, page)

    def _write(self, at: datetime, page: Served | None) -> None:
        hour = at.replace(minute=0, second=0, microsecond=0)
        if self._file is None or self._file.hour != hour:
            self._file = _File(self._folder(), hour)
        if self._told != hour:
            self._claim(self._file, at, hour)
        if page is not None:
            self._file.add(at, b"GET %s HTTP/1.1" % page.target, page.status, page.address, page.agent)
        if self._lost_before is not None:
            _log.error("page views are recorded again; lines lost: %d", self.lost - self._lost_before)
            self._lost_before = None

    def _claim(self, file: "_File", at: datetime, hour: datetime) -> None:
        """Says that this process served; also in the hours since it did last, in which nothing was asked of it."""
        missed = hour if self._told is None else self._told + HOUR
        if missed < hour - LONGEST_CLAIM:
            missed = hour
        while missed < hour:
            file.add(missed, b"-", 204)
            missed += HOUR
        file.add(at, b"-", 204)
        self._told = hour

    def _lose(self, error: OSError, page: Served | None) -> None:
        self._told = None  # of hours in which lines were lost nothing is claimed
        if self._lost_before is None:
            self._lost_before = self.lost
            _log.error("page views cannot be recorded and are lost: %s", error.strerror or type(error).__name__)
        self.lost += page is not None


class _File:
    """A spool file, locked until this process closes it or dies; nobody sees it before it is locked."""

    def __init__(self, folder: Path, hour: datetime) -> None:
        self.hour = hour
        self._lines = 0
        self._mark = secrets.token_hex(6)
        name = f"{hour:{_NAMED}}-{os.getpid()}-{self._mark}"
        made = folder / f"{name}.new"
        self._file: FileIO = open(  # noqa: SIM115  (closed when the process moves on)
            os.open(made, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_APPEND, 0o600), "ab", buffering=0
        )
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            made.rename(folder / f"{name}.log")
        except OSError:
            made.unlink(missing_ok=True)
            raise

    def add(self, at: datetime, request: bytes, status: int, address: bytes = b"-", agent: bytes = b"-") -> None:
        """One line, whole or not at all. Where a log has the user stands the line's own number: no two lines are equal."""
        number = f"{self._mark}.{self._lines}".encode()
        line = b'%s - %s [%s] "%s" %d - "-" "%s"\n' % (address, number, _moment(at), request, status, agent)
        written = self._file.write(line)
        if written != len(line):  # the disk is full
            os.ftruncate(self._file.fileno(), os.fstat(self._file.fileno()).st_size - (written or 0))
            raise OSError("a line was cut")
        self._lines += 1


def _moment(at: datetime) -> bytes:
    at = at.astimezone(JST)
    return f"{at.day:02}/{_MONTHS[at.month - 1]}/{at.year:04}:{at:%H:%M:%S} +0900".encode()


def hour_of(path: Path) -> datetime | None:
    """The hour of a spool file, by its name; None where it has no such name."""
    try:
        return datetime.strptime(path.name.partition("-")[0], _NAMED).replace(tzinfo=JST)
    except ValueError:
        return None
