"""HTML: every state, nothing interpreted, nothing that a strict content policy refuses."""

import hashlib
import re
from base64 import b64encode
from functools import cache
from html.parser import HTMLParser

import pytest

from partner.documents.blocks import Cell, Column, Heading, Paragraph, Row, Run, Section, Table, plain
from partner.documents.html import document_style_hash, render_fragment, render_html
from tests.documents.sample import report, short
from tests.documents.sample_charts import GALLERY

VOID = {"meta", "br", "hr", "img", "input", "link", "col"}


class Page(HTMLParser):
    """Reads a page, keeps its attributes and ids, and notes what is not closed."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data

    def values(self, name: str) -> list[str]:
        return [value for _tag, attrs in self.tags if (value := attrs.get(name)) is not None]


@cache
def page() -> Page:
    return Page(render_html(report(draft=True, extra=GALLERY)))


def test_every_tag_is_closed_and_every_id_is_unique() -> None:
    assert page().open == []
    ids = page().values("id")
    assert len(ids) == len(set(ids))


def test_links_inside_the_page_lead_somewhere() -> None:
    inside = {link[1:] for link in page().values("href") if link.startswith("#")}
    assert {"c-M1-1.07a", "d-D1", "s-1"} <= inside
    assert inside <= set(page().values("id"))


def test_holds_no_style_attribute_no_script_and_no_outside_part() -> None:
    tags = {tag for tag, _attrs in page().tags}
    assert page().values("style") == []
    assert not tags & {"script", "link", "img", "iframe", "object"}
    assert not [name for _tag, attrs in page().tags for name in attrs if name.startswith("on")]
    assert page().values("src") == []


def test_the_policy_hash_is_that_of_the_style_element() -> None:
    source = render_html(short(Paragraph(plain("文"))))
    style = re.search("<style>(.*?)</style>", source, re.DOTALL)
    assert style is not None
    digest = b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert document_style_hash() == f"sha256-{digest}"


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        ("missing", '<strong class="doc-missing">未入力</strong>'),
        ("not_computed", '<span class="doc-quiet">未入力</span>'),
        ("not_applicable", '<span class="doc-quiet">未入力</span>'),
        ("no_target", '<span class="doc-quiet">未入力</span>'),
        ("final", ">未入力</td>"),
        ("provisional", '未入力<span class="doc-mark">速</span>'),
    ],
)
def test_every_state_is_visible(state: str, shown: str) -> None:
    mark = "速" if state == "provisional" else ""
    cell = Cell("未入力", state, mark)  # type: ignore[arg-type]
    columns = (Column("区分", kind="label"), Column("10月"))
    assert shown in render_fragment(short(Table(columns=columns, rows=(Row("行", (cell,)),), alt="表")))


def test_text_is_escaped_everywhere() -> None:
    hostile = '<b onclick="x">&{{ 7*7 }}{% raw %}</b>\'"'
    table = Table(
        columns=(Column(hostile, kind="label"), Column(hostile, group=hostile, letter=hostile)),
        rows=(Row(hostile, (Cell(hostile, number=hostile, bar_note=hostile),)),),
        alt=hostile,
        title=hostile,
        number=hostile,
        notes=(hostile,),
        unit=hostile,
    )
    found = Page(render_html(short(Section(hostile, message=plain(hostile)), Heading(hostile), table)))
    assert "b" not in {tag for tag, _attrs in found.tags}
    assert found.text.count(hostile) >= 8


def test_a_link_that_would_run_is_dropped() -> None:
    columns = (Column("区分", kind="label"), Column("a"), Column("b"), Column("c"))
    cells = (Cell("1", link="javascript:alert(1)"), Cell("2", link="//elsewhere.example"), Cell("3", link="/figures/1"))
    found = Page(render_fragment(short(Table(columns=columns, rows=(Row("行", cells),), alt="表"))))
    assert found.values("href") == ["/figures/1"]
    assert Page(render_fragment(short(Paragraph((Run("文", link="data:text/html,x"),))))).values("href") == []


def test_classes_are_the_documents_own() -> None:
    classes = {name for value in page().values("class") for name in value.split()}
    assert all(name == "doc" or name.startswith("doc-") for name in classes)


def test_tables_have_scopes_captions_and_frames_that_scroll() -> None:
    scopes = set(page().values("scope"))
    assert scopes == {"col", "colgroup", "row", "rowgroup"}
    tables = [tag for tag, _attrs in page().tags if tag == "table"]
    captions = [tag for tag, _attrs in page().tags if tag == "caption"]
    assert len(tables) == len(captions)


def test_a_fragment_has_no_cover_unless_asked() -> None:
    assert "doc-cover" not in render_fragment(report())
    assert "doc-cover" in render_fragment(report(), cover=True)
    assert "<html" not in render_fragment(report())


def test_same_document_same_page() -> None:
    assert render_html(report()) == render_html(report())


def test_the_draft_mark_and_the_blocker_are_there() -> None:
    assert "作成中（提出不可）" in page().text
    assert "提出を妨げている事項　1件" in page().text
    assert "作成中（提出不可）" not in render_html(report())
