"""From a composed report to its files."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from partner.common.refusal import Refusal
from partner.reports.prepare import Report


def _pdf(report: Report) -> bytes:
    from partner.documents.pdf import render_pdf

    return render_pdf(report.document)


def _html(report: Report) -> bytes:
    from partner.documents.html import render_html

    return render_html(report.document).encode()


def _xlsx(report: Report) -> bytes:
    from partner.documents.excel import render_xlsx

    return render_xlsx(report.document, report.sheets)


def _docx(report: Report) -> bytes:
    from partner.documents.word import render_docx

    return render_docx(report.document)


def _csv(report: Report) -> bytes:
    from partner.documents.data_sheet import as_csv

    return as_csv(report.sheets[0])


def _json(report: Report) -> bytes:
    from partner.documents.canonical import canonical_json

    return (canonical_json(report.data) + "\n").encode()


FORMATS: dict[str, Callable[[Report], bytes]] = {
    "docx": _docx,
    "xlsx": _xlsx,
    "pdf": _pdf,
    "html": _html,
    "csv": _csv,
    "json": _json,
}


def read_formats(text: str) -> list[str]:
    """The formats named in a list. Raises Refusal for one that this version does not make."""
    names = [name.strip() for name in text.split(",") if name.strip()]
    for name in names:
        if name not in FORMATS:
            raise Refusal("unknown_format", f"形式「{name}」は、この版では作れません。作れるもの：{'、'.join(FORMATS)}")
    return names or list(FORMATS)


def render(report: Report, name: str) -> bytes:
    """The report in one format; the same report gives the same bytes."""
    return FORMATS[name](report)


def write(report: Report, folder: Path, names: list[str]) -> list[dict[str, Any]]:
    """Writes the files whole or not at all, and returns each with its digest."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name in names:
        content = render(report, name)
        path = folder / f"{report.kind}-{_in_a_name(report.period.key)}.{name}"
        partial = path.with_name(path.name + ".part")
        partial.write_bytes(content)
        partial.replace(path)
        files.append({"format": name, "path": str(path), "sha256": hashlib.sha256(content).hexdigest()})
    return files


def _in_a_name(key: str) -> str:
    """T-1-interim-2 for `incident:T-1/interim-2`: no folder, no drive."""
    return key.rpartition(":")[2].replace("/", "-")
