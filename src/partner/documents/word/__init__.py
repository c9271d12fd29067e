"""Word by docxtpl: a template that people edit in Word, and the body of the report in its styles."""

from partner.documents.word.checks import check_template
from partner.documents.word.render import render_docx

__all__ = ["check_template", "render_docx"]
