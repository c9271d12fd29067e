"""Small files as people bring them: a PDF of one empty page, one behind a password, a picture."""

import io
from functools import cache
from typing import Any


@cache
def a_pdf(mark: str = "", **how: Any) -> bytes:
    """A PDF; another mark makes another file."""
    import pikepdf

    out, file = io.BytesIO(), pikepdf.new()
    file.add_blank_page(page_size=(20, 20))
    file.docinfo["/Title"] = mark
    file.save(out, **{"static_id": True, **how})
    return out.getvalue()


def a_locked_pdf(user: str = "x") -> bytes:
    """A PDF that asks for a password; without one, a PDF that only forbids."""
    import pikepdf

    return a_pdf("locked", static_id=False, encryption=pikepdf.Encryption(owner="y", user=user))


def a_picture(colour: int = 0, form: str = "PNG", size: int = 2) -> bytes:
    """A grey square."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("L", (size, size), colour).save(out, form)
    return out.getvalue()
