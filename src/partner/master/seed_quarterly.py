"""The shipped catalogue of the quarterly report, and the monthly items of the annual one: made from the monthly one's.

Source: 別紙4 国際協力人材センター事業報告内容一覧, 四半期報告書 1) - 5), 年間業務完了報告書 4). Tables become grids of months; row
numbers stay.
"""

import json
import re
from typing import Any

from partner.master import seed_catalogue
from partner.master.seed_catalogue import ANNEX

_Row = dict[str, Any]
_GRIDS = ("walk", "type_walk", "breakdown", "multiple", "lines", "split", "measured")
# A grid's column is a month, a quarter or a year: its rows speak of the period.
_WORDS = (
    ("期首（前月末）", "期首"), ("前月末の", "期首の"), ("前月末公開中", "期首の公開中"), ("当該月に", "期間中に"), ("月末公開中", "期末の公開中"),
    ("当月末", "期末"), ("前月末", "期首"), ("月末の", "期末の"), ("月末は", "期末は"), ("（h列）", ""), ("月初", "期首"), ("当月", "期間中"),
    ("到着した月", "到着した日の期間"),
)  # fmt: skip


def monthly_items(report: str, base: int, source: str) -> list[_Row]:
    """M1-M9 of another report: its months side by side, each item with its 今後の展望. Positions from `base` + 10."""
    rows = []
    for row in seed_catalogue.catalogue():
        item, n = divmod(row["position"], 100)
        rows.append(_changed(row) | {"report": report, "position": base + item * 10 + n})
        if row["form"] == "item":
            more = {"source": source} | ({"follows": True} if item == 1 else {})  # it follows the heading of them all
            rows[-1]["params"] = _json(json.loads(rows[-1]["params"]) | more)
    return rows


def _changed(row: _Row) -> _Row:
    """The entry as the longer report has it."""
    params = json.loads(row["params"])
    if row["form"] in _GRIDS:
        return row | {"form": "months", "params": _reworded(_json(params | {"rows_of": row["form"]}))}
    if row["form"] == "day_columns":
        return row | {"form": "month_columns", "unit": "回／月"}
    if row["form"] == "plans":
        return row | {"form": "outlook", "title": "今後の展望"}
    return row


def _reworded(text: str) -> str:
    for month, period in _WORDS:
        text = text.replace(month, period)
    return re.sub(r"（(\d\d)a）", r"（\1行）", text)


def _json(params: Any) -> str:
    return json.dumps(params, ensure_ascii=False, sort_keys=True)


def _entry(report: str, item: str, part: str, form: str, title: str, position: int, **params: Any) -> _Row:
    return {
        "report": report, "place": f"{item}-{part}" if part else item, "item": item, "form": form, "title": title, "unit": "",
        "definitions": "", "position": position, "source": ANNEX, "params": _json(params),
    }  # fmt: skip


def _source(number: int, report: str = "四半期報告書") -> str:
    return f"{ANNEX} {report} {number}）"


def quarterly() -> list[_Row]:
    """Q1-Q5, each with its results and its 今後の展望."""

    def item(key: str, title: str, *blocks: _Row, message: str = "") -> list[_Row]:
        number = int(key[1])
        head = _entry(
            "quarterly",
            key,
            "",
            "heading",
            title,
            number * 100,
            source=_source(number),
            message=message,
            new_page=key in ("Q1", "Q5"),
        )
        return [head, *blocks, _entry("quarterly", key, "P", "outlook", "今後の展望", number * 100 + 99)]

    return [
        *item("Q1", "重点課題と取組結果", _entry("quarterly", "Q1", "T", "issues", "取組結果", 110)),
        *item("Q2", "人材センター業務報告", _entry("quarterly", "Q2", "T", "narrative", "業務実施状況", 210, draft="business")),
        *item("Q3", "確保されるべき質の達成状況と達成見込み"),
        _entry("quarterly", "Q4", "", "heading", "月次報告項目", 400, source=_source(4), message="月次報告項目M1からM9までを、四半期の3か月を並べ、四半期の値とともに示す。今後の展望は項目ごとに記す。"),
        *monthly_items("quarterly", 400, _source(4)),
        *item("Q5", "運用・保守業務結果", _entry("quarterly", "Q5", "T", "narrative", "実施状況", 510, draft="operations"), message="運用・保守の数値は、月次報告項目M9の各表による。"),
    ]  # fmt: skip


def annual() -> list[_Row]:
    """A4: the monthly items over twelve months, and the year against earlier ones."""
    source = _source(4, "年間業務完了報告書")
    return [
        _entry("annual", "A4", "", "heading", "月次報告項目", 400, source=source, message="月次報告項目M1からM9までを、12か月を並べ、年度の値とともに示す。"),
        _entry("annual", "A4", "Y", "years", "年度の推移", 401),
        *monthly_items("annual", 400, source),
    ]  # fmt: skip


def catalogue() -> list[_Row]:
    """All rows of this file."""
    return quarterly() + annual()
