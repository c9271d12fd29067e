"""DuckDB in memory: reads and writes Parquet, and holds nothing that lasts."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SETTINGS = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "memory_limit": "512MB",
    "threads": "2",
    "preserve_insertion_order": "true",
}


@contextmanager
def connected(scratch: Path) -> Iterator["DuckDBPyConnection"]:
    """An engine of its own; what does not fit into memory goes to the scratch folder, open to this user alone."""
    import duckdb  # 0.1 s and some megabytes: only for those who count page views

    scratch.mkdir(mode=0o700, parents=True, exist_ok=True)
    connection = duckdb.connect(":memory:", config={**SETTINGS, "temp_directory": str(scratch / "spill")})
    try:
        yield connection
    finally:
        connection.close()
