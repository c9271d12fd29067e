"""The blocks of a report as Word's paragraphs and tables, in the template's styles."""

from collections.abc import Iterable

from partner.documents.annexes import told
from partner.documents.blocks import (
    Block,
    Blockers,
    Bullets,
    BusinessDays,
    Columns,
    Contents,
    Document,
    Finding,
    Heading,
    KeyValues,
    Legend,
    Milestones,
    NoteBox,
    Original,
    Paragraph,
    Picture,
    Pictures,
    Plans,
    Requests,
    Runs,
    Section,
    Summary,
    Table,
)
from partner.documents.charts import draw
from partner.documents.charts.frame import MM
from partner.documents.links import sections_of
from partner.documents.paper import oriented
from partner.documents.plots import Chart
from partner.documents.word import leaves, styles
from partner.documents.word.links import Marks, name_of
from partner.documents.word.paper import Paper
from partner.documents.word.photographs import Photographs
from partner.documents.word.pictures import Pictures as Drawings
from partner.documents.word.tables import TableWriter
from partner.documents.word.widths import LANDSCAPE, PORTRAIT, needed
from partner.documents.word.xml import cell, dxa, field, paragraph, row, run, table
from partner.documents.words import words_of

_BREAK, _KEEP = "<w:pageBreakBefore/>", "<w:keepNext/>"
_BULLET = "・"


class Body:
    """Writes the blocks of one document."""

    def __init__(self, document: Document, marks: Marks, pictures: Drawings, paper: Paper) -> None:
        self._document, self._marks, self._pictures, self._paper = document, marks, pictures, paper
        self._words = words_of(document.language)
        self._tables = TableWriter(marks, pictures, self._words)
        self._photographs = Photographs(pictures, self._words)
        self._names = {id(section): anchor for anchor, section in sections_of(document)}
        self._width, self._turned, self._at_top = PORTRAIT, False, False

    def write(self) -> str:
        """All blocks; a table too wide for its page stands on one of its own, turned."""
        found: list[str] = []
        for turned, block in oriented(self._document.blocks):
            wide = isinstance(block, Table) and needed(block) > PORTRAIT + 4
            found += [self._turn(turned or wide), self.block(block)]
            self._at_top = False
        self._paper.finish(turned=self._turned)
        return "".join(found)

    def _turn(self, turned: bool) -> str:
        """Ends the pages before, where those that follow lie otherwise."""
        if turned == self._turned:
            return ""
        end = paragraph("", "PCNote", self._paper.end(turned=self._turned))
        self._turned, self._width, self._at_top = turned, LANDSCAPE if turned else PORTRAIT, True
        return end

    def flow(self, blocks: Iterable[Block]) -> str:
        """Blocks one after another."""
        return "".join(self.block(block) for block in blocks)

    def block(self, block: Block) -> str:
        """One block."""
        match block:
            case Section():
                return self._section(block)
            case Table():
                return self._tables.write(block, self._width)
            case Heading():
                return paragraph(run(block.text), "Heading2")
            case Paragraph():
                return paragraph(self._runs(block.runs), "PCText")
            case Finding():
                return paragraph(
                    run(block.head, "PCStrong") + "<w:r><w:br/></w:r>" + self._runs(block.runs), "PCFinding"
                )
            case Columns():
                return self._columns(block)
            case Contents():
                return self._contents()
            case Chart():
                return self._chart(block)
            case Summary():
                return leaves.summary(block, self._tables, self._marks, self._pictures, self._words)
            case Legend():
                return leaves.legend(block, self._tables, self._words, self._width)
            case BusinessDays():
                return leaves.business_days(block, self._words, self._width)
        return self._list(block)

    def _list(self, block: Block) -> str:
        match block:
            case Bullets():
                return "".join(paragraph(run(_BULLET) + self._runs(one), "PCBullet") for one in block.entries)
            case Picture():
                return self._photographs.one(block, self._width)
            case Pictures():
                return self._photographs.pairs(block, self._width)
            case Original():
                return self._key_values(told(block, self._words)) + self._photographs.original(block, self._width)
            case Plans() | Blockers() | Milestones():
                style = "PCBlocker" if isinstance(block, Blockers) else "PCPlan"
                lines = (run(one.when, "PCStrong") + run(f"　{one.text}") for one in block.entries)
                return paragraph(run(block.title), "Heading2") + "".join(paragraph(line, style) for line in lines)
            case Requests():
                lines = (run(f"{n}．", "PCItem") + run(text) for n, text in enumerate(block.entries, 1))
                return paragraph(run(block.title), "Heading2") + "".join(paragraph(line, "PCRequest") for line in lines)
            case KeyValues():
                return self._key_values(block)
            case NoteBox():
                title = run(f"{block.title}　", "PCStrong") if block.title else ""
                return paragraph(title + self._runs(block.runs), "PCBox")
        raise TypeError(f"no form for {type(block).__name__}")

    def _section(self, section: Section) -> str:
        number = run(f"{section.number}　", "PCItem") if section.number else ""
        inner = self._marks.bookmark(self._names[id(section)], number + run(section.title))
        found = paragraph(inner, "Heading1", _BREAK if section.new_page and not self._at_top else "")
        found += paragraph(run(section.source), "PCSource") if section.source else ""
        return found + (
            paragraph(self._runs(section.message), "PCLead" if section.lead else "PCText", _KEEP)
            if section.message
            else ""
        )

    def _runs(self, runs: Runs) -> str:
        found = []
        for one in runs:
            style = "PCAttention" if one.attention else "PCStrong" if one.bold else "PCLink" if one.link else ""
            found.append(self._marks.out(one.link, run(one.text, style)) if one.link else run(one.text, style))
            if one.number:
                found.append(run(" ") + self._marks.inside("c", one.number, run(one.number, "PCCellNumber")))
        return "".join(found)

    def _columns(self, block: Columns) -> str:
        """Two cells without lines, side by side."""
        whole, room = self._width, self._width - block.gap
        cells, widths = [], []
        for blocks, share, gap in ((block.left, block.left_share, block.gap), (block.right, 1 - block.left_share, 0.0)):
            self._width = room * share - 2
            inner = self.flow(blocks)
            widths.append(room * share + gap)
            cells.append(cell(inner if inner.endswith("</w:p>") else inner + paragraph("", "PCNote"), widths[-1]))
        self._width = whole
        return table(["<w:tr>" + "".join(cells) + "</w:tr>"], widths, "TableNormal", "左右に並べた文") + paragraph(
            "", "PCNote"
        )

    def _contents(self) -> str:
        """目次: a field that Word renews, with what it shows until then."""
        lines = []
        listed = [(anchor, section) for anchor, section in sections_of(self._document) if section.listed]
        stop = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{dxa(self._width)}"/></w:tabs>'
        for anchor, section in listed:
            words = run(f"{section.number}　" if section.number else "", "PCItem") + run(section.title)
            words += run(f"　{section.remark}", "PCAttention") if section.remark else ""
            page = "<w:r><w:tab/></w:r>" + field(f"PAGEREF {name_of(anchor)} \\h", run("…"), dirty=True)
            lines.append(paragraph(self._marks.to(anchor, words + page), "PCContents", stop))
        return "".join(lines)

    def _chart(self, chart: Chart) -> str:
        svg = draw(chart, "paper", self._width * MM)
        number = run(f"{self._words['figure']}{chart.number} ", "PCQuiet") if chart.number else ""
        title = paragraph(
            number + run(chart.title) + run(f"　{chart.unit}" if chart.unit else "", "PCQuiet"), "PCTableTitle"
        )
        return (title if chart.title or chart.number else "") + paragraph(
            self._pictures.take(svg, self._width * MM, chart.alt), "PCFigure"
        )

    def _key_values(self, block: KeyValues) -> str:
        widths = [44.0, self._width - 44.0]
        rows = [
            row([cell(paragraph(run(name, "PCStrong"), "PCWords"), widths[0]), cell(paragraph(self._runs(runs), "PCWords"), widths[1])])
            for name, runs in block.entries
        ]  # fmt: skip
        return table(rows, widths, styles.TABLE, "、".join(name for name, _ in block.entries)) + paragraph("", "PCNote")
