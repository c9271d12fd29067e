"""Charts and small drawings as crisp pictures, all of a document in one go; photographs as they are. Each is kept once."""

import json
from dataclasses import dataclass, field
from html import escape
from io import BytesIO
from typing import Any

from partner.documents.pdf import TEMPLATES
from partner.documents.typesetting import typeset
from partner.documents.word.xml import EMU

DOTS = 300  # an inch
POINTS = 72


@dataclass(frozen=True, slots=True)
class Place:
    """What stands at one place, `width` points wide: a drawing (its SVG) or a photograph."""

    width: float
    alt: str
    svg: str = ""
    photograph: bytes = b""


@dataclass
class Pictures:
    """Takes drawings and photographs and gives their places; the drawings are drawn when all are known."""

    places: list[Place] = field(default_factory=list)

    def take(self, svg: str, width: float, alt: str) -> str:
        """A place for the drawing, `width` in points on paper."""
        return self._place(Place(width, alt, svg=svg))

    def photograph(self, content: bytes, width: float, alt: str) -> str:
        """A place for the photograph, `width` in points on paper."""
        return self._place(Place(width, alt, photograph=content))

    def _place(self, place: Place) -> str:
        self.places.append(place)
        return f"\x00{len(self.places) - 1}\x00"

    def drawn(self) -> list[bytes]:
        """All drawings as PNG."""
        drawings = [{"svg": place.svg, "width": place.width} for place in self.places if place.svg]
        if not drawings:
            return []
        data = json.dumps(drawings, ensure_ascii=False)
        return typeset(TEMPLATES / "pictures.typ", data, {"format": "png", "ppi": DOTS})

    def placed(self, body: str, part: Any) -> str:
        """The body with its pictures, which are added to the part."""
        pieces, drawings = body.split("\x00"), iter(self.drawn())
        for n, place in enumerate(self.places):
            content = place.photograph or next(drawings)
            identifier, image = part.get_or_add_image(BytesIO(content))
            ratio = image.px_height / image.px_width
            pieces[2 * n + 1] = _drawing(n + 1, identifier, place, ratio)
        return "".join(pieces)


def _drawing(n: int, identifier: str, place: Place, ratio: float) -> str:
    wide, alt = round(place.width / POINTS * 25.4 * EMU), place.alt
    size = f'cx="{wide}" cy="{round(wide * ratio)}"'
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{n}" name="図{n}" descr="{escape(alt)}"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="{n}" name="図{n}" descr="{escape(alt)}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:embed="{identifier}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
