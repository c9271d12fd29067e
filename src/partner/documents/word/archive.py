"""The same archive from the same parts: order, times and modes are fixed."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_FIRST = ("[Content_Types].xml", "_rels/.rels")
_TIME = (1980, 1, 1, 0, 0, 0)


def fixed(raw: bytes) -> bytes:
    """The archive written anew, in one order, without anything of the machine that made it."""
    out = BytesIO()
    with ZipFile(BytesIO(raw)) as old, ZipFile(out, "w", ZIP_DEFLATED, compresslevel=6) as new:
        names = sorted(old.namelist(), key=lambda name: (_FIRST.index(name) if name in _FIRST else len(_FIRST), name))
        for name in names:
            info = ZipInfo(name, _TIME)
            info.compress_type, info.create_system, info.external_attr = ZIP_DEFLATED, 3, 0o600 << 16
            new.writestr(info, old.read(name))
    return out.getvalue()
