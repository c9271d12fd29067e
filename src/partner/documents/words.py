"""The few words the renderers add themselves, by language."""

_JA = {
    "table": "表",
    "figure": "図",
    "unit": "単位：",
    "definition": "定義",
    "comma": "、",
    "draft": "作成中（提出不可）",
    "document_number": "文書番号",
    "submitted": "提出日",
    "item": "項目",
    "number": "番号",
    "month_on_month": "前月比",
    "year_on_year": "前年同月比",
    "thirteen_months": "13か月の推移",
    "shown": "表示",
    "meaning": "意味",
    "business_day": "営業日",
    "remarks": "摘要",
    "not_counted": "除く",
    "trend": "{name}の13か月の推移",
    "title": "表題",
    "cover": "表紙",
    "replaced": "文字の置き換え",
    "replaced_text": "本書の書体にない文字を〓で示し、又は省いた：{codes}",
    "picture": "写真",
    "original": "原本",
    "pages": "{pages}頁",
    "page_of": "{page}頁/{pages}頁",
}
_EN = {
    "table": "Table ",
    "figure": "Figure ",
    "unit": "Unit: ",
    "definition": "Definition",
    "comma": ", ",
    "draft": "Draft (not for submission)",
    "document_number": "No.",
    "submitted": "Submitted",
    "item": "Item",
    "number": "Cell",
    "month_on_month": "On month",
    "year_on_year": "On year",
    "thirteen_months": "13 months",
    "shown": "Shown",
    "meaning": "Meaning",
    "business_day": "Business day",
    "remarks": "Remarks",
    "not_counted": "off",
    "trend": "{name} over 13 months",
    "title": "Title",
    "cover": "Cover",
    "replaced": "Replaced characters",
    "replaced_text": "Characters the typeface lacks are shown as 〓 or left out: {codes}",
    "picture": "Photograph",
    "original": "Original",
    "pages": "{pages} p.",
    "page_of": "p. {page}/{pages}",
}


def summary_heads(heads: tuple[str, str, str] | None, words: dict[str, str]) -> tuple[str, str, str]:
    """The heads of page 2: its own, else those of a month."""
    return heads or (words["month_on_month"], words["year_on_year"], words["thirteen_months"])


def trend_alt(name: str, trend: str, words: dict[str, str]) -> str:
    """What a small trend of page 2 is called."""
    return f"{name}の{trend}" if trend else words["trend"].format(name=name)


def words_of(language: str) -> dict[str, str]:
    """The renderers' own words; Japanese unless English is asked for."""
    return _EN if language.startswith("en") else _JA
