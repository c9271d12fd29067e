"""A second counter of access logs, slow and plain: character by character, line by line, all in memory.

It shares nothing with partner.facts.access but the catalogue's words (§3, rules 3 and 4); who is a crawler it is told.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone

JST = timezone(timedelta(hours=9))
STATIC = [
    ".css", ".js", ".mjs", ".map", ".png", ".jpg", ".jpeg", ".gif", ".svg",
    ".ico", ".webp", ".avif", ".woff", ".woff2", ".ttf", ".eot", ".otf", ".mp4",
    ".webm", ".mp3", ".txt", ".xml", ".json", ".pdf", ".zip", ".gz",
]  # fmt: skip
EXCLUDED = ["/-/", "/api/", "/healthz", "/feeds/", "/desk/", "/admin/"]
TOP = ["/", "/index.html", "/en"]
PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"


@dataclass
class Seen:
    """One page view of a person."""

    at: datetime
    visitor: tuple[str, str]
    page: str


@dataclass
class Counted:
    """What was in the lines."""

    kinds: Counter = field(default_factory=Counter)
    views: list[Seen] = field(default_factory=list)
    hours: set = field(default_factory=set)

    def visits(self, minutes: int = 30) -> list[list[Seen]]:
        """All visits, each the list of its page views."""
        per_visitor = defaultdict(list)
        for view in self.views:
            per_visitor[view.visitor].append(view)
        made = []
        for views in per_visitor.values():
            open_visit: list[Seen] = []
            for view in sorted(views, key=lambda one: one.at):
                if open_visit and (view.at - open_visit[-1].at).total_seconds() > minutes * 60:
                    made.append(open_visit)
                    open_visit = []
                open_visit.append(view)
            made.append(open_visit)
        return made

    def days(self, minutes: int = 30) -> dict[date, tuple[int, int, int, int, int]]:
        """Per day in Japan: page views, visits, visits of one page, views of the top page, visits that touched it."""
        found: dict[date, list[int]] = defaultdict(lambda: [0] * 5)
        for view in self.views:
            day = view.at.astimezone(JST).date()
            found[day][0] += 1
            found[day][3] += view.page in TOP
        for visit in self.visits(minutes):
            day = visit[0].at.astimezone(JST).date()
            found[day][1] += 1
            found[day][2] += len(visit) == 1
            found[day][4] += any(view.page in TOP for view in visit)
        return {day: tuple(numbers) for day, numbers in found.items()}


def count(lines: Iterable[bytes], is_crawler: Callable[[str], bool], excluded: Iterable[str] = EXCLUDED) -> Counted:
    """Counts complete lines, each without its end."""
    counted = Counted()
    for line in lines:
        counted.kinds["lines"] += 1
        fields = split(line.decode("latin-1"))
        at = moment(fields[3]) if fields else None
        if at is None:
            counted.kinds["malformed"] += 1
            continue
        counted.hours.add(at.astimezone(JST).replace(minute=0, second=0))
        address, request, status, agent = fields[0], fields[4], fields[5], fields[8]
        words = request.split(" ")
        if len(words) != 3 or words[0] != "GET" or not words[2].startswith("HTTP/") or status not in ("200", "304"):
            counted.kinds["not_a_page_request"] += 1
            continue
        path = words[1].split("?")[0]
        if any(path.lower().endswith(ending) for ending in STATIC):
            counted.kinds["static"] += 1
            continue
        page = tidy(path)
        if any((page + "/").startswith(prefix.rstrip("/") + "/") for prefix in excluded):
            counted.kinds["not_a_page_request"] += 1
        elif agent in ("", "-") or is_crawler(agent):
            counted.kinds["crawler"] += 1
        else:
            counted.kinds["page_views"] += 1
            counted.views.append(Seen(at, (address, agent), page))
    return counted


def split(line: str) -> list[str] | None:
    """The nine fields of the combined format, or None."""
    words, rest = [], line
    for _ in range(3):
        word, space, rest = rest.partition(" ")
        if not word or not space or any(sign.isspace() for sign in word.replace("\x85", "").replace("\xa0", "")):
            return None
        words.append(word)
    if not rest.startswith("["):
        return None
    stamp, bracket, rest = rest[1:].partition("] ")
    if not bracket:
        return None
    request, rest = quoted(rest)
    if request is None or not rest.startswith(" "):
        return None
    status, _, rest = rest[1:].partition(" ")
    size, _, rest = rest.partition(" ")
    if not (len(status) == 3 and digits(status)) or not (digits(size) or size == "-"):
        return None
    referrer, rest = quoted(rest)
    if referrer is None or not rest.startswith(" "):
        return None
    agent, rest = quoted(rest[1:])
    return None if agent is None or rest else [*words, stamp, request, status, size, referrer, agent]


def quoted(text: str) -> tuple[str | None, str]:
    """The field in quotes at the beginning of the text as it stands there, and what follows it."""
    if not text.startswith('"'):
        return None, text
    position = 1
    while position < len(text):
        if text[position] == "\\":
            position += 2
        elif text[position] == '"':
            return text[1:position], text[position + 1 :]
        else:
            position += 1
    return None, text


def digits(text: str) -> bool:
    return bool(text) and all(sign in "0123456789" for sign in text)


def moment(stamp: str) -> datetime | None:
    try:
        at = datetime.strptime(stamp, "%d/%b/%Y:%H:%M:%S %z")
    except ValueError:
        return None
    return at if len(stamp) == 26 else None


def tidy(path: str) -> str:
    """The address as it is compared."""
    made, position = "", 0
    while position < len(path):
        sign = path[position]
        if (
            sign == "%"
            and len(path) >= position + 3
            and all(one in "0123456789abcdefABCDEF" for one in path[position + 1 : position + 3])
        ):
            meant = chr(int(path[position + 1 : position + 3], 16))
            sign = meant if meant in PLAIN else path[position : position + 3].upper()
            position += 2
        elif ord(sign) > 126:
            sign = f"%{ord(sign):02X}"
        position += 1
        if not (sign == "/" and made.endswith("/")):
            made += sign
    return made[:-1] if len(made) > 1 and made.endswith("/") else made
