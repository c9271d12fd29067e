"""The archive of a workbook that was put together from temporary files."""

from io import BytesIO
from zipfile import ZipFile

_ENTRY = 46  # bytes of an entry of the directory before its name
_MODE = 38  # where the file's mode stands in it
_LENGTHS = (28, 30, 32)  # of name, extra field and comment


def without_modes(raw: bytes) -> bytes:
    """The same archive without the files' modes: they depend on the umask of whoever made it."""
    with ZipFile(BytesIO(raw)) as archive:
        at, count = archive.start_dir, len(archive.infolist())
    found = bytearray(raw)
    for _ in range(count):
        found[at + _MODE : at + _MODE + 4] = bytes(4)
        at += _ENTRY + sum(int.from_bytes(found[at + n : at + n + 2], "little") for n in _LENGTHS)
    return bytes(found)
