"""Charts and small drawings as crisp pictures: all of a document in one go, each kept once."""

import json
import struct
from dataclasses import dataclass, field
from html import escape
from io import BytesIO
from typing import Any

from partner.documents.pdf import TEMPLATES, typst_fonts
from partner.documents.word.xml import EMU

DOTS = 300  # an inch
POINTS = 72


@dataclass
class Pictures:
    """Takes drawings and gives their places; they are drawn when all are known."""

    svgs: list[tuple[str, float]] = field(default_factory=list)
    alts: list[str] = field(default_factory=list)

    def take(self, svg: str, width: float, alt: str) -> str:
        """A place for the drawing, `width` in points on paper."""
        self.svgs.append((svg, width))
        self.alts.append(alt)
        return f"\x00{len(self.svgs) - 1}\x00"

    def drawn(self) -> list[bytes]:
        """All as PNG."""
        import typst

        if not self.svgs:
            return []
        data = json.dumps([{"svg": svg, "width": width} for svg, width in self.svgs], ensure_ascii=False)
        found: Any = typst.compile(
            TEMPLATES / "pictures.typ", root=TEMPLATES, font_paths=typst_fonts(), ignore_system_fonts=True,
            sys_inputs={"data": data}, format="png", ppi=DOTS,
        )  # fmt: skip
        return found if isinstance(found, list) else [found]

    def placed(self, body: str, part: Any) -> str:
        """The body with its pictures, which are added to the part."""
        pieces = body.split("\x00")
        for n, png in enumerate(self.drawn()):
            identifier, _ = part.get_or_add_image(BytesIO(png))
            pieces[2 * n + 1] = _drawing(n + 1, identifier, png, self.svgs[n][1], self.alts[n])
        return "".join(pieces)


def _drawing(n: int, identifier: str, png: bytes, width: float, alt: str) -> str:
    across, down = struct.unpack(">II", png[16:24])
    wide = round(width / POINTS * 25.4 * EMU)
    size = f'cx="{wide}" cy="{round(wide * down / across)}"'
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{n}" name="図{n}" descr="{escape(alt)}"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="{n}" name="図{n}" descr="{escape(alt)}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:embed="{identifier}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
