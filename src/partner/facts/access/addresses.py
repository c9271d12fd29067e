"""A page's address as it is compared: without query, `//` and one trailing `/` folded, percent-encoding normalised."""

import re
from functools import lru_cache

# Ends of paths that are no pages (catalogue §3, rule 4).
_TEXTS, _IMAGES = "css js mjs map txt xml json pdf", "png jpg jpeg gif svg ico webp avif"
STATIC = frozenset(f"{_TEXTS} {_IMAGES} woff woff2 ttf eot otf mp4 webm mp3 zip gz".split())
_ESCAPED = re.compile(rb"\\(x[0-9A-Fa-f]{2}|.)", re.DOTALL)
_CONTROLS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"v": b"\v", b"f": b"\f"}
_HOST = re.compile(rb"https?://[^/?]*", re.IGNORECASE)
_ENCODED = re.compile(rb"%([0-9A-Fa-f]{2})")
_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_UNTOUCHED = re.compile(rb"[A-Za-z0-9\-._~!$&'()*+,;=:@/%#]*")
_SLASHES = re.compile(r"//+")


@lru_cache(maxsize=100_000)
def normalised(target: bytes) -> str | None:
    """The address of a request's target as the log has it; one trailing slash still stands. None where it is no path."""
    raw = unescaped(target)
    if host := _HOST.match(raw):
        raw = raw[host.end() :] or b"/"
    raw = raw.partition(b"?")[0]
    if not raw.startswith(b"/"):
        return "/" if host and not raw else None
    path = _ENCODED.sub(_one_spelling, raw)
    if not _UNTOUCHED.fullmatch(path):
        path = b"".join(_each(byte) for byte in path)
    return _SLASHES.sub("/", path.decode("ascii"))


def folded(path: str) -> str:
    """Without its trailing slash, unless that is all there is."""
    return path[:-1] if len(path) > 1 and path.endswith("/") else path


def is_static(path: str) -> bool:
    """Whether the path ends like a file that is no page."""
    _, dot, suffix = path.rpartition(".")
    return bool(dot) and suffix.lower() in STATIC


def lies_under(page: str, prefixes: tuple[str, ...]) -> bool:
    """Whether the page is one of these addresses or lies below it."""
    return any(page == prefix or page.startswith(f"{prefix}/") for prefix in prefixes)


def unescaped(field: bytes) -> bytes:
    r"""A field as it was before the server wrote it: `\"` and `\\` (Apache), `\x22` (both)."""
    return _ESCAPED.sub(_meant, field) if b"\\" in field else field


def _meant(match: "re.Match[bytes]") -> bytes:
    sign = match[1]
    return bytes([int(sign[1:], 16)]) if len(sign) == 3 else _CONTROLS.get(sign, sign)


def _one_spelling(match: "re.Match[bytes]") -> bytes:
    """An unreserved character stands for itself (RFC 3986 §6.2.2); of others the hexadecimal digits are capitals."""
    byte = int(match[1], 16)
    return bytes([byte]) if byte in _PLAIN else b"%%%02X" % byte


def _each(byte: int) -> bytes:
    sign = bytes([byte])
    return sign if _UNTOUCHED.fullmatch(sign) else b"%%%02X" % byte
