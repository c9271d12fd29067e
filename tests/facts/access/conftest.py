"""What the tests of page views share: files with lines."""

import gzip
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def file(tmp_path: Path) -> Any:
    """`file(name, lines)`: a log with these lines; packed where the name ends in .gz."""

    def made(name: str, lines: Iterable[bytes]) -> Path:
        path = tmp_path / name
        text = b"".join(line + b"\n" for line in lines)
        path.write_bytes(gzip.compress(text) if name.endswith(".gz") else text)
        return path

    return made
