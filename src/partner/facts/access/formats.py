"""Formats of access logs: the named ones, and any other by the format string of its server's own settings."""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from partner.common.refusal import Refusal
from partner.facts.access.moments import MOMENT, of_log

LONGEST_LINE = 1024 * 1024  # no server takes a request a tenth as long: a longer line is none of its log
WITH_AGENT, WITH_MORE = 1, 2  # what scan.c must know of a format
OVERLONG = b"\t"  # begins what stands for an overlong line: of no format

QUOTED = rb'"([^"\\\n]*(?:\\.[^"\\\n]*)*)"'
_HEAD = rb"(\S+) \S+ \S+ \[" + MOMENT + rb"\] "
_STATUS = rb" (\d{3}) (?:\d+|-)"
_AGENT = b" " + QUOTED.replace(b"([", b"(?:[", 1) + b" " + QUOTED
MORE = rb"(?: (?:\d+(?:\.\d+)?|-))*"
WITHOUT_ZONE = re.compile(rb"\S+ \S+ \S+ \[\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d\] ")
BEGINNING = re.compile(rb"\S+ \S+ \S+ \[|\{")


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is exactly the format. `second` is since 1970 UTC. Fields stand as a server writes them, with escapes."""

    second: int
    address: bytes
    request: bytes
    status: bytes
    agent: bytes
    is_prefetch: bool = False  # asked for ahead, as its header says where the log has it


@dataclass(frozen=True)
class Format:
    """One format. `flags` are for the accelerator, where it knows the format."""

    name: str
    parse: Callable[[bytes], Line | None]
    has_agent: bool = True
    flags: int | None = None


def _usual(name: str, flags: int) -> Format:
    tail = (_AGENT if flags & WITH_AGENT else b"") + (MORE if flags & WITH_MORE else b"")
    pattern = re.compile(_HEAD + QUOTED + _STATUS + tail)

    def parse(line: bytes) -> Line | None:
        match = pattern.fullmatch(line)
        second = of_log(*match.groups()[1:4]) if match else None
        if match is None or second is None:
            return None
        return Line(second, match[1], match[5], match[6], match[7] if flags & WITH_AGENT else b"")

    return Format(name, parse, bool(flags & WITH_AGENT), flags)


_SPOKEN = {  # as servers name them in JSON: nginx's own variables, and what is usual
    "address": ("remote_addr", "client_ip", "clientip", "remote_ip", "ip"),
    "time": ("time_iso8601", "msec", "time_local", "@timestamp", "timestamp", "time"),
    "status": ("status",),
    "agent": ("http_user_agent", "user_agent", "agent"),
    "method": ("request_method", "method"),
    "target": ("request_uri", "uri", "path"),
    "protocol": ("server_protocol", "protocol"),
    "purpose": ("http_sec_purpose", "sec_purpose", "http_purpose", "http_x_moz"),
}


def _json(line: bytes) -> Line | None:
    try:
        said = json.loads(line.decode("utf-8", "surrogateescape"))
    except ValueError:
        return None
    if not isinstance(said, dict):
        return None
    found = {
        name: _text(next((value for key in keys if (value := said.get(key)) not in (None, "")), None))
        for name, keys in _SPOKEN.items()
    }
    request = _text(said.get("request"))
    if not request and found["target"]:
        request = f"{found['method'] or 'GET'} {found['target']} {found['protocol'] or 'HTTP/1.1'}"
    second = _moment(found["time"])
    address, status = found["address"], found["status"]
    if second is None or not address or len(address.split()) != 1 or not re.fullmatch(r"\d{3}", status, re.ASCII):
        return None
    ahead = _is_prefetch(found["purpose"].encode("utf-8", "replace"))
    return Line(second, _written(address), _written(request), _written(status), _written(found["agent"]), ahead)


def _is_prefetch(purpose: bytes) -> bool:
    return purpose.strip().lower().startswith(b"prefetch")


def _text(value: Any) -> str:
    if value is None or isinstance(value, (dict, list, bool)):
        return ""
    return value if isinstance(value, str) else str(value)


def _written(text: str) -> bytes:
    """As a server writes it into a line, so that a visitor and a page are the same in every format."""
    return text.encode("utf-8", "surrogateescape").replace(b"\\", b"\\\\").replace(b'"', b'\\"')


def _moment(text: str) -> int | None:
    if match := re.fullmatch(MOMENT, text.encode("utf-8", "surrogateescape")):
        return of_log(*match.groups())
    if re.fullmatch(r"\d{9,11}(\.\d{1,6})?", text, re.ASCII):
        return int(text.partition(".")[0])
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return None if at.tzinfo is None else int(at.timestamp() // 1)


_VARIABLES = {
    "remote_addr": rb"(?P<address>\S+)", "time_local": rb"(?P<time>[^\]\n]+?)", "time_iso8601": rb"(?P<time>\S+?)",
    "msec": rb"(?P<time>\d+\.\d+)", "request": rb'(?P<request>[^"\\\n]*(?:\\.[^"\\\n]*)*)', "status": rb"(?P<status>\d{3})",
    "http_user_agent": rb'(?P<agent>[^"\\\n]*(?:\\.[^"\\\n]*)*)', "request_method": rb"(?P<method>[A-Z]+)",
    "http_sec_purpose": rb'(?P<purpose>[^"\n]*?)', "request_uri": rb'(?P<target>[^\s"]+)', "server_protocol": rb'(?P<protocol>[^\s"]+)',
}  # fmt: skip
_OTHER = rb'[^"\n]*?'
_APACHE = {
    "%h": "$remote_addr", "%a": "$remote_addr", "%t": "[$time_local]", "%r": "$request", "%>s": "$status", "%s": "$status",
    "%{User-Agent}i": "$http_user_agent", "%m": "$request_method", "%U%q": "$request_uri", "%U": "$request_uri", "%H": "$server_protocol",
    "%{Sec-Purpose}i": "$http_sec_purpose",
}  # fmt: skip
_APACHE_NAME = re.compile(r"%U%q|%[<>]?(?:\{[^}]*\})?\^?[a-zA-Z]{1,3}")


def _by_string(string: str) -> Format:
    """A format by nginx's `$remote_addr - … "$request" $status …` or Apache's `%h %l %u %t \"%r\" %>s …`."""
    nginx = (
        string if "$" in string else _APACHE_NAME.sub(lambda m: _APACHE.get(m[0], "$other"), string.replace('\\"', '"'))
    )
    body, seen = b"", set[str]()
    for piece in re.split(r"(\$\w+|\$\{\w+\})", nginx):
        name = piece[1:].strip("{}") if piece.startswith("$") else ""
        if not name:
            body += re.escape(piece.encode())
        elif name in _VARIABLES and name not in seen:
            body, seen = body + _VARIABLES[name], seen | {name}
        else:
            body += _OTHER
    pattern = _compiled(body, seen, string)

    def parse(line: bytes) -> Line | None:
        match = pattern.fullmatch(line)
        found = match.groupdict() if match else {}
        second = _moment(found["time"].decode("latin-1")) if found else None
        if second is None:
            return None
        request = found.get("request") or b" ".join(
            (found.get("method") or b"GET", found.get("target") or b"-", found.get("protocol") or b"HTTP/1.1")
        )
        purpose = _is_prefetch(found.get("purpose") or b"")
        return Line(second, found["address"], request, found["status"], found.get("agent") or b"", purpose)

    return Format(string, parse, "http_user_agent" in seen)


def _compiled(body: bytes, seen: set[str], string: str) -> "re.Pattern[bytes]":
    has_time = seen & {"time_local", "time_iso8601", "msec"}
    if not has_time or not seen & {"request", "request_uri"} or not {"remote_addr", "status"} <= seen:
        message = f"ログの書式「{string[:80]}」から、アドレス・日時・要求・状態のすべてを読み取れません。サーバーの設定にある書式をそのまま指定してください。"
        raise Refusal("bad_format", message)
    try:
        return re.compile(body)
    except re.error:
        raise Refusal("bad_format", f"ログの書式「{string[:80]}」は、同じ項目を二度含むため読めません。") from None


NAMED = {
    "combined": _usual("combined", WITH_AGENT),
    "common": _usual("common", 0),
    "combined_time": _usual("combined_time", WITH_AGENT | WITH_MORE),
    "json": Format("json", _json),
}


@cache
def named(name: str) -> Format:
    """The format of this name, or of this format string. Raises Refusal where it is neither."""
    if name in NAMED:
        return NAMED[name]
    if "$" in name or "%" in name:
        return _by_string(name)
    names = "、".join(NAMED)
    raise Refusal(
        "bad_format",
        f"形式「{name[:80]}」は使えません。使える形式：{names}。ほかは、サーバーの設定にある書式の文字列を指定してください。",
    )


def guessed(lines: Iterable[bytes]) -> str:
    """The name of the format that most of these lines have; the first where none has."""
    few = list(lines)
    return max(NAMED, key=lambda name: sum(NAMED[name].parse(line.removesuffix(b"\r")) is not None for line in few))
