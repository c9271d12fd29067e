"""A log file as bytes: plain or gzip, complete lines only, with the digest of what was taken. Never whole in memory."""

import gzip
import hashlib
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from partner.common.refusal import Refusal
from partner.facts.access.parsing import LONGEST_LINE

HEAD = 4096
_BEGINNING = 64 * 1024
_BLOCK = 1024 * 1024
_GZIP = b"\x1f\x8b"


class LogFile:
    """One file. After `lines` is through, `ends` and `digest` say up to where there were complete lines.

    Offsets and digests are of what gzip holds, so that a log is the same log before and after it was packed.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = path.name.encode("utf-8", "backslashreplace").decode()
        self.ends = 0
        self.digest = hashlib.sha256().hexdigest()
        self.unfinished = b""
        self._must_be_readable()
        self.beginning = b"".join(self._blocks(_BEGINNING))
        self.head = self.beginning[:HEAD]

    def lines(self, start: int = 0) -> Iterator[bytes]:
        """The complete lines from the offset on, without their end. One of many megabytes comes cut, and is malformed."""
        hasher = hashlib.sha256()
        for offset, block in self._offsets():
            end = block.rfind(b"\n") + 1
            hasher.update(block[:end])
            if end:
                self.ends, self.digest = offset + end, hasher.hexdigest()
            hasher.update(block[end:])
            if offset + len(block) > start:
                *complete, begun = (self.unfinished + block[max(0, start - offset) :]).split(b"\n")
                self.unfinished = begun[: LONGEST_LINE + 1]
                for line in complete:
                    yield line.removesuffix(b"\r")

    def digests_at(self, offsets: Sequence[int]) -> dict[int, str]:
        """The digest of the first so many bytes, for each offset that the file reaches."""
        hasher, found, wanted = hashlib.sha256(), {}, sorted(set(offsets))
        for offset, block in self._offsets():
            done = 0
            while wanted and wanted[0] <= offset + len(block):
                hasher.update(block[done : wanted[0] - offset])
                done = wanted[0] - offset
                found[wanted.pop(0)] = hasher.hexdigest()
            hasher.update(block[done:])
        return found

    def _offsets(self) -> Iterator[tuple[int, bytes]]:
        offset = 0
        for block in self._blocks():
            yield offset, block
            offset += len(block)

    def _blocks(self, most: int | None = None) -> Iterator[bytes]:
        left = most
        try:
            with self._opened() as file:
                while block := file.read(_BLOCK if left is None else left):
                    yield block
                    left = None if left is None else left - len(block)
        except EOFError:
            raise self._refused("cut_gzip", "gzipファイルが途中で切れています。もう一度コピーしてください。") from None
        except (gzip.BadGzipFile, zlib.error):
            raise self._refused("broken_gzip", "gzipファイルが壊れています。もう一度コピーしてください。") from None
        except OSError:
            raise self._unreadable() from None

    def _is_gzip(self) -> bool:
        try:
            with self.path.open("rb") as file:
                return file.read(2) == _GZIP
        except OSError:
            raise self._unreadable() from None

    @contextmanager
    def _opened(self) -> Iterator[IO[bytes]]:
        with self.path.open("rb") as file:
            is_gzip = file.read(2) == _GZIP
            file.seek(0)
            if is_gzip:
                with gzip.open(file) as unpacked:
                    yield unpacked  # type: ignore[misc]
            else:
                yield file

    def _must_be_readable(self) -> None:
        if self.path.is_dir():
            raise self._refused("is_folder", "フォルダーです。ログのファイルを指定してください。")
        if not self.path.is_file():
            raise self._refused("not_found", "ファイルがありません。名前と場所を確かめてください。")
        if self.path.suffix == ".gz" and self.path.stat().st_size and not self._is_gzip():
            raise self._refused(
                "not_gzip", "名前は .gz ですが、gzipの形式ではありません。名前か、ファイルを確かめてください。"
            )

    def _unreadable(self) -> Refusal:
        return self._refused("cannot_read", "ファイルを読めません。読み取りの権限を確かめてください。")

    def _refused(self, code: str, message: str) -> Refusal:
        return Refusal(code, message, file=self.name)
