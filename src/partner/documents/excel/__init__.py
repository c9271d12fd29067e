"""Excel by XlsxWriter: 様式 sheets for people, データ sheets for machines. Values, never formulas; no merged cells."""

from partner.documents.excel.render import render_xlsx

__all__ = ["render_xlsx"]
