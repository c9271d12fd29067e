"""Drawn stand-ins for what an office would scan or photograph: questionnaires, invoices, a hall. All invented."""

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

import partner.documents

_FONT = Path(partner.documents.__file__).parent / "fonts" / "NotoSansJP_400Regular.ttf"
_PAPER = (620, 877)  # A4 at 75 dots an inch
_INK, _PEN = "#1a1a1a", "#2a3f8f"


@cache
def _font(size: int) -> Any:
    return ImageFont.truetype(str(_FONT), size)


def _png(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def questionnaire(title: str, number: int, questions: list[tuple[str, int]], position: str) -> bytes:
    """A questionnaire on paper with the scores that were ringed."""
    picture = Image.new("RGB", _PAPER, "#fdfcf8")
    draw = ImageDraw.Draw(picture)
    draw.text((44, 40), "No.8 参加者アンケート", _INK, _font(22))
    draw.text((44, 76), title, _INK, _font(15))
    draw.text((500, 40), f"整理番号 {number:03}", _INK, _font(13))
    for n, (question, score) in enumerate(questions):
        y = 140 + n * 110
        draw.text((44, y), f"問{n + 1}　{question}", _INK, _font(16))
        draw.text((44, y + 30), "よい　　5　　　4　　　3　　　2　　　1　　よくない", _INK, _font(16))
        x = 116 + (5 - score) * 57
        draw.ellipse((x - 8, y + 24, x + 24, y + 58), outline=_PEN, width=3)
    y = 140 + len(questions) * 110
    draw.text((44, y), f"問{len(questions) + 1}　参加された方の立場", _INK, _font(16))
    draw.text((64, y + 32), position, _PEN, _font(18))
    draw.rectangle((44, y + 90, 576, y + 190), outline="#999999")
    draw.text((54, y + 96), "ご意見（自由記述）", "#666666", _font(12))
    return _png(picture)


def invoice(title: str, amount: int) -> bytes:
    """A bill with its amount."""
    picture = Image.new("RGB", (620, 440), "#ffffff")
    draw = ImageDraw.Draw(picture)
    draw.text((240, 34), "請　求　書", _INK, _font(26))
    draw.text((44, 110), "株式会社例示受託　御中", _INK, _font(17))
    draw.text((44, 160), f"件名　{title}", _INK, _font(17))
    draw.text((44, 200), f"請求額　{amount:,}円（税込）", _INK, _font(20))
    draw.text((360, 330), "見本システム株式会社（架空）", _INK, _font(14))
    return _png(picture)


def leaflet(title: str, year: str, lines: tuple[str, ...]) -> bytes:
    """A page handed out by the Centre."""
    picture = Image.new("RGB", _PAPER, "#ffffff")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, _PAPER[0], 150), fill="#00118f")
    draw.text((44, 46), title, "#ffffff", _font(30))
    draw.text((44, 100), f"国際協力人材センター　{year}", "#ffffff", _font(16))
    for n, line in enumerate(lines, 1):
        y = 130 + n * 130
        draw.ellipse((44, y, 100, y + 56), fill="#3460fb")
        draw.text((64, y + 9), f"{n}", "#ffffff", _font(28))
        draw.text((130, y + 14), line, _INK, _font(20))
    draw.text((44, 830), "この資料は見本であり、内容は架空のものである。", "#666666", _font(13))
    return _png(picture)


def hall(place: int) -> bytes:
    """A hall with its screen and the backs of those who listen, drawn."""
    picture = Image.new("RGB", (960, 640), ("#e9eef7", "#f3efe6")[place % 2])
    draw = ImageDraw.Draw(picture)
    draw.rectangle((250, 90, 710, 330), fill="#ffffff", outline="#8896b8", width=4)
    for n, colour in enumerate(("#9db7f9", "#3460fb", "#00118f")):
        draw.arc((330 + n * 40, 150 + n * 22, 630 - n * 40, 400 - n * 22), 180, 360, fill=colour, width=14)
    for row in range(3):
        for seat in range(9 + row):
            x, y = 60 + seat * (840 // (8 + row)), 420 + row * 80
            draw.ellipse((x - 20, y - 20, x + 20, y + 20), fill="#4d5670")
            draw.pieslice((x - 38, y + 12, x + 38, y + 100), 180, 360, fill="#5f6a88")
    return _png(picture)
