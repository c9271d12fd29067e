"""An empty sheet of a kind: headers, permitted codes, rules, and 対象期間."""

from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from partner.facts.intake.kinds.declare import Column, Kind
from partner.facts.intake.returning import SAFE, workbook, write_period
from partner.master.book import Book

_ALWAYS = ("セルの結合、数式、表示しない行や列は使えない。全角の数字や元号の日付はそのまま読む。",)
_COVERS = (
    "「設定」シートの対象期間に、この表がすべてを載せている期間（両端の日を含む）を書く。書かないと数値は速報値のままになる。",
    "1件もなかった月は、行を書かず対象期間だけを書いて取り込む（該当なしの届出）。",
)
_LAST_ROW = 5000


def write_template(kind: Kind, path: Path, book: Book, at: datetime) -> None:
    """Writes the template as an xlsx file."""
    with workbook(path, SAFE) as book_:
        styles = {
            "required": book_.add_format(
                {"bold": True, "bg_color": "#d9e6ff", "bottom": 1, "text_wrap": True, "valign": "top"}
            ),
            "optional": book_.add_format(
                {"bold": True, "bg_color": "#f2f2f2", "bottom": 1, "text_wrap": True, "valign": "top"}
            ),
            "bold": book_.add_format({"bold": True, "bottom": 1}),
            "wrap": book_.add_format({"text_wrap": True, "valign": "top"}),
            "text": book_.add_format({"num_format": "@"}),
            "date": book_.add_format({"num_format": "yyyy-mm-dd"}),
        }
        lists = {column.name: permitted(column, book, at) for column in kind.columns}
        main, codes = book_.add_worksheet(kind.label[:31]), book_.add_worksheet("コード一覧")
        places = _write_codes(codes, kind, lists, styles)
        _write_main(main, kind, places, styles)
        _write_rules(book_.add_worksheet("記入のしかた"), kind, styles)
        if kind.covers:
            _write_settings(book_.add_worksheet("設定"), styles)


def permitted(column: Column, book: Book, at: datetime) -> list[tuple[str, str]]:
    """The codes and labels that a column takes at the instant; empty where it takes any text."""
    if column.choices:
        return [(str(code), str(label)) for code, label in column.choices]
    return [(row.code, row.label) for row in book.codes(column.list, at)] if column.list else []


def _write_main(sheet: Any, kind: Kind, places: dict[str, str], styles: dict[str, Any]) -> None:
    sheet.set_row(0, 32)
    for n, column in enumerate(kind.columns):
        sheet.write_string(0, n, column.label, styles["required" if column.required else "optional"])
        style = styles["date"] if column.type in ("moment", "last_day") else styles["text"]
        sheet.set_column(n, n, 24 if column.wide else 15, style)
        if column.help:
            sheet.write_comment(0, n, ("必須。" if column.required else "") + column.help, {"x_scale": 2})
        if column.name in places:
            rule: dict[str, Any] = {"validate": "list", "source": places[column.name], "error_type": "warning"}
            if column.type == "codes":
                rule |= {"ignore_blank": True, "show_error": False}
            sheet.data_validation(1, n, _LAST_ROW, n, rule)
    sheet.freeze_panes(1, 2)


def _write_codes(
    sheet: Any, kind: Kind, lists: dict[str, list[tuple[str, str]]], styles: dict[str, Any]
) -> dict[str, str]:
    """All permitted codes, side by side; returns where each column's labels stand."""
    places, at = {}, 0
    for column in kind.columns:
        entries = lists[column.name]
        if not entries:
            continue
        sheet.write_row(0, at, [f"{column.label}（コード）", column.label], styles["bold"])
        for row, (code, label) in enumerate(entries, 1):
            sheet.write_string(row, at, code)
            sheet.write_string(row, at + 1, label)
        letter = xlsxwriter.utility.xl_col_to_name(at + 1)
        places[column.name] = f"=コード一覧!${letter}$2:${letter}${len(entries) + 1}"
        sheet.set_column(at, at + 1, 22)
        at += 2
    sheet.freeze_panes(1, 0)
    return places


def _write_rules(sheet: Any, kind: Kind, styles: dict[str, Any]) -> None:
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 90)
    sheet.write_string(0, 0, f"{kind.label}の記入のしかた", styles["bold"])
    rules = (*kind.rules, *_ALWAYS, *(_COVERS if kind.covers else ()))
    for row, rule in enumerate(rules, 1):
        sheet.write_number(row, 0, row, styles["wrap"])
        sheet.write_string(row, 1, rule, styles["wrap"])
    start = len(rules) + 2
    sheet.write_row(start, 0, ["列", "書くもの"], styles["bold"])
    for row, column in enumerate(kind.columns, start + 1):
        sheet.write_string(row, 0, f"{column.label}{'（必須）' if column.required else ''}", styles["wrap"])
        sheet.write_string(row, 1, column.help, styles["wrap"])


def _write_settings(sheet: Any, styles: dict[str, Any]) -> None:
    write_period(sheet, styles["date"], None)
    sheet.write_string(3, 0, "この表がすべてを載せている最初の日と最後の日を、右のセルに書く。", styles["wrap"])
