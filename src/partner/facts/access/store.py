"""The columnar store: Parquet files per JST day below `access/` of the data folder.

A part is on disk before its row commits, so a row without a file cannot be; a file without a row is swept.
"""

import os
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from partner.facts.access.spooling import Spool
from partner.facts.models.access import AccessPart

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MOST_PARTS = 24  # of one day: the next load joins them into one
_SPARED = timedelta(hours=1)  # a file may belong to a load that is not committed yet
_IDENTIFYING = timedelta(days=90)  # malformed lines hold addresses; with a month's key an address finds its visits
_COLUMNS = (
    "{'viewed_at': 'BIGINT', 'visitor': 'BIGINT', 'visitor_before': 'BIGINT', 'page': 'VARCHAR', 'prefix': 'VARCHAR', "
    "'posting': 'VARCHAR', 'verdict': 'TINYINT'}"
)
_ORDER = "viewed_at, visitor, page, verdict, source, batch, visitor_before, prefix, posting, lists"
_FROM_TEXT = (
    f"SELECT *, $source AS source, $lists AS lists, $batch AS batch FROM read_csv($text, delim = '\t', quote = '', "  # noqa: S608
    f"escape = '', header = false, auto_detect = false, nullstr = '', max_line_size = 8000000, columns = {_COLUMNS}) "
    f"ORDER BY {_ORDER}"
)
_FROM_PARTS = f"SELECT * FROM read_parquet($paths) ORDER BY {_ORDER}"  # noqa: S608
_DIGEST = (
    "SELECT count(*), sha256(coalesce(string_agg(sha256(row_text), '' ORDER BY row_text), '')) FROM (SELECT concat_ws('\t', "
    "viewed_at, visitor, coalesce(visitor_before::VARCHAR, ''), page, coalesce(prefix, ''), coalesce(posting, ''), verdict, source, "
    "lists, batch) AS row_text FROM read_parquet($paths))"
)


@dataclass(frozen=True)
class Constants:
    """What is the same in all rows of a batch."""

    source: str
    lists: str
    batch: str


def root() -> Path:
    """The store's folder, open to this user alone."""
    folder: Path = settings.DATA / "access"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def scratch() -> Path:
    """Where a load works; nothing in it lasts."""
    return root() / "tmp"


@contextmanager
def workplace() -> Iterator[Path]:
    """A scratch folder of this load alone."""
    folder = scratch() / secrets.token_hex(8)
    folder.mkdir(mode=0o700, parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def write(connection: "DuckDBPyConnection", spool: Spool, constants: Constants) -> list[AccessPart]:
    """Writes a part per day of what was spooled. On disk when this returns; the rows are not yet in the database."""
    made = []
    for day in sorted(spool.days):
        values = {"text": str(spool.path(day)), **asdict(constants)}
        made.append(_part(connection, _FROM_TEXT, values, day, constants.batch, constants.batch))
        spool.path(day).unlink()
    return made


def joined(connection: "DuckDBPyConnection", day: date, parts: Sequence[AccessPart], batch: str) -> AccessPart:
    """One part with the rows of these, each as it was."""
    paths = {"paths": [str(root() / part.path) for part in parts]}
    return _part(connection, _FROM_PARTS, paths, day, batch, f"{batch}-joined")


def _part(
    connection: "DuckDBPyConnection", query: str, values: Mapping[str, object], day: date, batch: str, name: str
) -> AccessPart:
    path = f"days/{day}/{name}.parquet"
    target = root() / path
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    connection.sql(query, params=dict(values)).write_parquet(str(target), compression="zstd", row_group_size=200_000)
    _sync(target)
    for folder in (target.parent, root() / "days", root()):
        _sync(folder)
    rows, digest = digest_of(connection, [target])
    return AccessPart(day=day, batch=batch, path=path, rows=rows, bytes=target.stat().st_size, digest=digest)


def digest_of(connection: "DuckDBPyConnection", paths: Sequence[Path]) -> tuple[int, str]:
    """How many rows these files hold, and the digest over them all, sorted: whatever part they lie in, it is the same."""
    row = connection.execute(_DIGEST, {"paths": [str(path) for path in paths]}).fetchone()
    assert row is not None
    return int(row[0]), str(row[1])


def drop(parts: Sequence[AccessPart]) -> None:
    """Removes the files of parts that were not recorded."""
    for part in parts:
        (root() / part.path).unlink(missing_ok=True)


def sweep(now: datetime) -> None:
    """Removes what loads that died left behind, and what identifies people once it has outlived its use."""
    recorded = set(AccessPart.objects.values_list("path", flat=True))
    for path in (root() / "days").glob("*/*"):
        if str(path.relative_to(root())) not in recorded and _age(path, now) > _SPARED:
            path.unlink(missing_ok=True)
    for folder in scratch().glob("*"):
        if _age(folder, now) > _SPARED:
            shutil.rmtree(folder, ignore_errors=True)
    for name in ("keys", "aside"):
        for path in (root() / name).glob("*"):
            if _age(path, now) > _IDENTIFYING:
                path.unlink(missing_ok=True)


def _age(path: Path, now: datetime) -> timedelta:
    try:
        return timedelta(seconds=now.timestamp() - path.stat().st_mtime)
    except FileNotFoundError:
        return timedelta()


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
