"""What the tests of page views share: files with lines."""

import gzip
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import zstandard


@pytest.fixture
def file(tmp_path: Path) -> Any:
    """`file(name, lines)`: a log with these lines; packed where the name ends in .gz or .zst."""

    def made(name: str, lines: Iterable[bytes]) -> Path:
        path = tmp_path / name
        text = b"".join(line + b"\n" for line in lines)
        path.write_bytes({".gz": gzip.compress, ".zst": zstandard.compress}.get(path.suffix, bytes)(text))
        return path

    return made
