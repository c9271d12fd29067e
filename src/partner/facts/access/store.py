"""The columnar store: Parquet files per JST day below `access/` of the data folder.

A part is on disk before its row commits, so a row without a file cannot be; a file without a row is swept.
"""

import os
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from partner.facts.access import columns
from partner.facts.access.agents import Verdict
from partner.facts.access.columns import DIGESTED, FROM_COLUMNS, ORDER, PAGES, Constants
from partner.facts.access.spooling import Spool
from partner.facts.models.access import AccessBatch, AccessPart

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_DAYS_AT_ONCE, _MANY = 2, 300_000  # of days with as many rows one at a time: each is held in memory
_SPARED = timedelta(hours=1)  # a file may belong to a load that is not committed yet
_IDENTIFYING = timedelta(days=90)  # malformed lines hold addresses; with a month's key an address finds its visits
_FROM_PARTS = f"SELECT * FROM read_parquet($paths) ORDER BY {ORDER}"  # noqa: S608
_VERDICT = f"""CASE WHEN rows.verdict = {Verdict.PREFETCH.value} AND judged.verdict = {Verdict.PERSON.value}
  THEN rows.verdict ELSE judged.verdict END"""
_JUDGED_AGAIN = f"""
SELECT rows.* REPLACE ({_VERDICT} AS verdict, $lists AS lists) FROM read_parquet($paths) AS rows
JOIN judged USING (batch, visitor) ORDER BY {ORDER}
"""  # noqa: S608
VERDICTS = f"""
SELECT rows.verdict AS before, {_VERDICT} AS after, count(*) FROM read_parquet($paths) AS rows
JOIN judged USING (batch, visitor) GROUP BY before, after
"""  # noqa: S608  # of rows, by the engine's table `judged`: what they were and what they are then
_COPY = "COPY ({}) TO '{}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 200000, PARQUET_VERSION V2)"


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


def write(
    connection: "DuckDBPyConnection", spool: Spool, pages: Sequence[str], constants: Constants
) -> list[AccessPart]:
    """Writes a part per day of what was spooled. On disk when this returns; the rows are not yet in the database."""
    making = columns.Columns(pages, constants)
    connection.execute(PAGES, making.texts)

    def of_day(day: date) -> AccessPart:
        held, digest = making.of(spool.take(day))
        with connection.cursor() as cursor:
            cursor.register(f"held_{day:%Y%m%d}", held)
            query = FROM_COLUMNS.format(held=f"held_{day:%Y%m%d}")
            path, size = _written(cursor, query, vars(constants), day, constants.batch)
        rows = len(held["page"])
        return AccessPart(day=day, batch=constants.batch, path=path, rows=rows, bytes=size, digest=digest)

    with ThreadPoolExecutor(_DAYS_AT_ONCE if spool.most < _MANY else 1) as threads:
        made = list(threads.map(of_day, sorted(spool.days)))
    _sync_folders([(root() / part.path).parent for part in made])
    return made


def joined(connection: "DuckDBPyConnection", day: date, parts: Sequence[AccessPart], batch: str) -> AccessPart:
    """One part with the rows of these, each as it was."""
    paths = {"paths": [str(root() / part.path) for part in parts]}
    path, size = _written(connection, _FROM_PARTS, paths, day, f"{batch}-joined")
    rows, digest = digest_of(connection, [root() / path])
    made = AccessPart(day=day, batch=batch, path=path, rows=rows, bytes=size, digest=digest)
    _sync_folders([(root() / path).parent])
    return made


def judged_again(connection: "DuckDBPyConnection", day: date, parts: Sequence[AccessPart], lists: str) -> AccessPart:
    """One part with the rows of these, their verdicts by the engine's table `judged` (batch, visitor, verdict)."""
    values = {"paths": [str(root() / part.path) for part in parts], "lists": lists}
    path, size = _written(connection, _JUDGED_AGAIN, values, day, f"{secrets.token_hex(8)}-judged")
    rows, digest = digest_of(connection, [root() / path])
    _sync_folders([(root() / path).parent])
    return AccessPart(day=day, batch=parts[-1].batch, path=path, rows=rows, bytes=size, digest=digest)


def _written(
    connection: "DuckDBPyConnection", query: str, values: Mapping[str, object], day: date, name: str
) -> tuple[str, int]:
    """Path below the root, and size, of a new file with these rows."""
    path = f"days/{day}/{name}.parquet"
    target = root() / path
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    connection.execute(_COPY.format(query, str(target).replace("'", "''")), dict(values))
    _sync(target)
    return path, target.stat().st_size


def digest_of(connection: "DuckDBPyConnection", paths: Sequence[Path]) -> tuple[int, str]:
    """How many rows these files hold, and the digest over them all, sorted: whatever part they lie in, it is the same."""
    found = connection.execute(DIGESTED, {"paths": [str(path) for path in paths]}).fetchnumpy()
    return columns.digest_of(found)


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
    batches = set(AccessBatch.objects.values_list("key", flat=True))
    for name in ("aside", "expiring", "lines"):
        for path in (root() / name).glob("*"):
            if path.stem not in batches and _age(path, now) > _SPARED:
                path.unlink(missing_ok=True)
    for folder in scratch().glob("*"):
        if _age(folder, now) > _SPARED:
            shutil.rmtree(folder, ignore_errors=True)
    for name in ("keys", "aside", "expiring"):
        for path in (root() / name).glob("*"):
            if _age(path, now) > _IDENTIFYING:
                path.unlink(missing_ok=True)


def _age(path: Path, now: datetime) -> timedelta:
    try:
        return timedelta(seconds=now.timestamp() - path.stat().st_mtime)
    except FileNotFoundError:
        return timedelta()


def _sync_folders(folders: Sequence[Path]) -> None:
    """Until a folder is on disk, a new file's name in it is not."""
    for folder in sorted(set(folders)):
        _sync(folder)
    if folders:
        _sync(root() / "days")
        _sync(root())


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
