"""The styles of the template, by name: what people change in Word, and what the renderer asks for."""

from dataclasses import dataclass

INK, GREY, LINE, KEY, WORK = "1A1A1A", "595959", "C8C8C8", "0017C1", "AC3E00"


@dataclass(frozen=True)
class Look:
    """One style: size in points, room before and after in points; `left` in millimetres, `hanging` in points."""

    id: str
    name: str
    kind: str = "paragraph"
    size: float = 10.5
    bold: bool = False
    colour: str = INK
    before: float = 0
    after: float = 4
    line: float = 1.35
    align: str = ""
    keep: bool = False
    left: float = 0
    hanging: float = 0
    rule: str = ""
    fill: str = ""


LOOKS = (
    Look("PCText", "本文（報告書）"),
    Look("PCLead", "要点", size=11.5, bold=True, after=6),
    Look("PCSource", "出典の注記", size=9, colour=GREY, after=6, keep=True),
    Look("PCTableTitle", "表題", size=10, bold=True, before=8, after=3, keep=True),
    Look("PCNote", "表の注", size=8.5, colour=GREY, before=2, after=6, line=1.25),
    Look("PCLabel", "表の見出し列", size=9, after=0, line=1.15),
    Look("PCNumber", "表の数値", size=9, after=0, line=1.15, align="right"),
    Look("PCWords", "表の文", size=9, after=0, line=1.2),
    Look("PCHead", "表の列見出し", size=8.5, colour=GREY, after=0, line=1.15),
    Look("PCGroup", "表の組見出し", size=9, bold=True, after=0, line=1.15),
    Look("PCBar", "表の棒", size=5, after=0, line=1.0),
    Look("PCHeadline", "主な数値", size=14, bold=True, after=0, line=1.1, align="right"),
    Look("PCBullet", "箇条書き", after=3, hanging=10.5),
    Look("PCFinding", "変化の説明", after=6),
    Look("PCPlan", "予定", left=4, after=3, rule=KEY),
    Look("PCBlocker", "妨げている事項", left=4, after=3, rule=WORK),
    Look("PCBox", "囲み", size=9.5, before=4, after=6, fill="F4F4F4"),
    Look("PCRequest", "確認事項", before=0, after=3, left=4, fill="E8F1FE", rule=KEY),
    Look("PCFigure", "図", before=2, after=8),
    Look("PCContents", "目次の行", after=3),
    Look("PCCoverLine", "表紙の行", size=11, after=2),
    Look("PCCoverTitle", "表紙の題", size=30, bold=True, before=60, after=4, line=1.15),
    Look("PCCoverPeriod", "表紙の期間", size=18, after=36),
    Look("PCRunning", "柱", size=8, colour=GREY, after=0),
    Look("PCStrong", "強調", "character", bold=True, size=0, colour=""),
    Look("PCAttention", "注意", "character", bold=True, size=0, colour=WORK),
    Look("PCMissing", "未入力", "character", bold=True, size=0, colour=WORK),
    Look("PCQuiet", "控えめ", "character", size=0, colour=GREY),
    Look("PCState", "値の状態", "character", size=8, colour=GREY),
    Look("PCMark", "値の印", "character", bold=True, size=7, colour=KEY),
    Look("PCCellNumber", "セル番号", "character", size=7.5, colour=GREY),
    Look("PCItem", "項目番号", "character", bold=True, size=0, colour=KEY),
    Look("PCLink", "リンク", "character", size=0, colour="00118F"),
)
LATER = ("PCBullet",)  # added since templates went out to be changed: one without them is given the shipped look
HEADINGS = {"Heading1": (16.0, 18.0, 4.0), "Heading2": (11.5, 10.0, 3.0)}  # size, before, after
TABLE = "PCTable"
