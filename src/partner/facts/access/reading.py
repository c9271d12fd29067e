"""A log file as bytes: plain, gzip or zstd, complete lines only, with the digest of what was taken. Never whole in memory."""

import gzip
import hashlib
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

import zstandard

from partner.common.refusal import Refusal
from partner.facts.access.formats import LONGEST_LINE, OVERLONG
from partner.facts.access.scanned import ASIDE_BYTES, Block

HEAD = 4096
_BEGINNING = 64 * 1024
_PIECE = 8 * 1024 * 1024
_PACKED_PIECE = 64 * 1024
_PACKED = {".gz": (b"\x1f\x8b", "gzip"), ".zst": (b"\x28\xb5\x2f\xfd", "zstd")}
_RATIO = 10  # logs pack about tenfold


class LogFile:
    """One file. After `blocks` is through, `ends` and `digest` say up to where there were complete lines.

    Offsets and digests are of what is packed, so that a log is the same log before and after it was packed.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = shown(path)
        self.ends = 0
        self.digest = hashlib.sha256().hexdigest()
        self.unfinished = b""
        self._packed = ""
        self._must_be_readable()
        self.beginning = self._begins()
        self.head = self.beginning[:HEAD]

    @property
    def expected(self) -> int:
        """About how many bytes it holds."""
        return self.path.stat().st_size * (_RATIO if self._packed else 1)

    def blocks(self, start: int = 0, row: int = 0) -> Iterator[Block]:
        """The complete lines from the offset on, many at a time; the first of them is row `row`. An overlong one comes cut."""
        hasher = hashlib.sha256()
        for offset, piece in self._offsets():
            end = piece.rfind(b"\n") + 1
            view = memoryview(piece)
            hasher.update(view[:end])
            if end:
                self.ends, self.digest = offset + end, hasher.hexdigest()
            hasher.update(view[end:])
            if offset + len(piece) > start:
                lines = self._complete(view[max(0, start - offset) :], end - max(0, start - offset))
                if lines:
                    block = Block(lines, row)
                    yield block
                    row = block.following

    def lines(self) -> Iterator[bytes]:
        """All complete lines, one by one with their ends: slow, for those few files whose lines must be looked at singly."""
        begun = b""
        for piece in self._pieces():
            *complete, begun = (begun + piece).split(b"\n")
            yield from (line + b"\n" for line in complete)

    def digests_at(self, offsets: Sequence[int]) -> dict[int, str]:
        """The digest of the first so many bytes, for each offset that the file reaches."""
        hasher, found, wanted = hashlib.sha256(), {}, sorted(set(offsets))
        for offset, piece in self._offsets():
            done = 0
            while wanted and wanted[0] <= offset + len(piece):
                hasher.update(piece[done : wanted[0] - offset])
                done = wanted[0] - offset
                found[wanted.pop(0)] = hasher.hexdigest()
            hasher.update(piece[done:])
        return found

    def _complete(self, fresh: memoryview, end: int) -> bytes:
        """What can be given of what was begun and this, of which a line ends at `end`; the rest is begun."""
        lines = b"".join((self.unfinished, fresh[:end])) if end > 0 else b""
        self.unfinished = bytes(fresh[end:]) if end > 0 else self.unfinished + fresh
        if len(self.unfinished) > LONGEST_LINE:
            self.unfinished = _cut(self.unfinished)
        return _without_overlong(lines)

    def _offsets(self) -> Iterator[tuple[int, bytes]]:
        offset = 0
        for piece in self._pieces():
            yield offset, piece
            offset += len(piece)

    def _begins(self) -> bytes:
        begun = b""
        for piece in self._pieces(_BEGINNING):
            begun += piece
            if len(begun) >= _BEGINNING:
                break
        return begun[:_BEGINNING]

    def _pieces(self, size: int = 0) -> Iterator[bytes]:
        try:
            with self.path.open("rb") as file:
                yield from _unpacked(file, self._packed, size or _PIECE)
        except EOFError:
            raise self._refused(
                f"cut_{self._packed}", f"{self._packed}ファイルが途中で切れています。もう一度コピーしてください。"
            ) from None
        except (gzip.BadGzipFile, zlib.error, zstandard.ZstdError):
            raise self._refused(
                f"broken_{self._packed}", f"{self._packed}ファイルが壊れています。もう一度コピーしてください。"
            ) from None
        except OSError:
            raise self._unreadable() from None

    def _must_be_readable(self) -> None:
        if self.path.is_dir():
            raise self._refused("is_folder", "フォルダーです。ログのファイルを指定してください。")
        if not self.path.is_file():
            raise self._refused("not_found", "ファイルがありません。名前と場所を確かめてください。")
        try:
            with self.path.open("rb") as file:
                begins = file.read(4)
        except OSError:
            raise self._unreadable() from None
        self._packed = next((name for sign, name in _PACKED.values() if begins.startswith(sign)), "")
        _, named = _PACKED.get(self.path.suffix, (b"", ""))
        if begins and named and named != self._packed:
            message = (
                f"名前は {self.path.suffix} ですが、{named}の形式ではありません。名前か、ファイルを確かめてください。"
            )
            raise self._refused(f"not_{named}", message)

    def _unreadable(self) -> Refusal:
        return self._refused("cannot_read", "ファイルを読めません。読み取りの権限を確かめてください。")

    def _refused(self, code: str, message: str) -> Refusal:
        return Refusal(code, message, file=self.name)


def shown(path: Path) -> str:
    """A file's name as it can be printed."""
    return path.name.encode("utf-8", "backslashreplace").decode()


def _unpacked(file: IO[bytes], packed: str, size: int) -> Iterator[bytes]:
    if packed == "zstd":
        yield from _gathered(_unpacked_zstd(file), size)
        return
    unpacked = gzip.GzipFile(fileobj=file) if packed else file
    while piece := unpacked.read(size):
        yield piece


def _unpacked_zstd(file: IO[bytes]) -> Iterator[bytes]:
    """Raises EOFError where it is cut, which the library's own reader would not tell."""
    packer = zstandard.ZstdDecompressor(max_window_size=2**27)
    frame = packer.decompressobj()
    begun = False
    while packed := file.read(_PACKED_PIECE):
        while packed:
            frame = packer.decompressobj() if frame.eof else frame
            yield frame.decompress(packed)
            begun, packed = True, frame.unused_data if frame.eof else b""
    if begun and not frame.eof:
        raise EOFError


def _gathered(pieces: Iterator[bytes], size: int) -> Iterator[bytes]:
    held: list[bytes] = []
    length = 0
    for piece in pieces:
        held.append(piece)
        length += len(piece)
        if length >= size:
            yield b"".join(held)
            held, length = [], 0
    if length:
        yield b"".join(held)


def _without_overlong(text: bytes) -> bytes:
    """The same lines, but those that no server writes cut to a malformed one."""
    begun, position, kept = 0, 0, []
    while position < len(text):
        end = text.rfind(b"\n", position, position + LONGEST_LINE + 1) + 1
        if not end:
            end = text.index(b"\n", position) + 1
            kept += [text[begun:position], _cut(text[position:end]), b"\n"]
            begun = end
        position = end
    return b"".join([*kept, text[begun:]]) if kept else text


def _cut(line: bytes) -> bytes:
    return OVERLONG + line[:ASIDE_BYTES]
