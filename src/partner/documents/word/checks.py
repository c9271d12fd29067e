"""Whether a template can be used: every placeholder known, every style there, the place of the report there."""

import re
import zipfile
from io import BytesIO

from lxml import etree

from partner.documents.word.styles import LATER, LOOKS, TABLE

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
KNOWN = {
    "addressee", "number_line", "contract_title", "title", "period", "period_beside", "facts", "note", "body", "header_left",
    "header_right", "footer_left", "footer_right",
}  # fmt: skip
_LOOP = {"name", "words"}
_TAG = re.compile(r"\{\{(.*?)\}\}|\{%(.*?)%\}|(\{\{|\{%|\{#|\}\}|%\}|#\})", re.S)
_NAME = re.compile(r"[A-Za-z_]\w*")
_WORDS = {"tr", "tc", "p", "r", "for", "in", "endfor", "if", "else", "elif", "endif", "not", "and", "or", "e"}
_PARTS = {"document": "本文", "header": "柱（上）", "footer": "柱（下）"}
AGAIN = "製品に付いている report.docx から作り直すか、この箇所を直してください。"


def check_template(template: bytes) -> list[str]:
    """What is wrong with it, each with where it is and what to do; nothing for a good one."""
    try:
        with zipfile.ZipFile(BytesIO(template)) as archive:
            parts = {
                name: archive.read(name) for name in archive.namelist() if _label(name) or name == "word/styles.xml"
            }
    except (zipfile.BadZipFile, OSError):
        return [f"Word（docx）のファイルではありません。{AGAIN}"]
    if "word/document.xml" not in parts:
        return [f"Word（docx）のファイルではありません。{AGAIN}"]
    try:
        trees = {name: etree.fromstring(content) for name, content in parts.items()}
    except etree.XMLSyntaxError:
        return [f"ファイルが壊れています。{AGAIN}"]
    found = [text for name, tree in trees.items() if _label(name) for text in _placeholders(_label(name), tree)]
    words = "".join("".join(line.itertext(f"{W}t")) for line in trees["word/document.xml"].iter(f"{W}p"))
    if not re.search(r"\{\{\s*body\s*\}\}", words):
        found.append("報告書の入る場所 {{ body }} が本文にありません。1行に {{ body }} とだけ書いてください。")
    return found + _styles(trees.get("word/styles.xml"))


def _label(name: str) -> str:
    match = re.fullmatch(r"word/(document|header|footer)(\d*)\.xml", name)
    return _PARTS[match[1]] + (match[2] if match[1] != "document" else "") if match else ""


def _placeholders(label: str, tree: etree._Element) -> list[str]:
    found = []
    for n, line in enumerate(tree.iter(f"{W}p"), 1):
        words = "".join(line.itertext(f"{W}t"))
        for match in _TAG.finditer(words):
            where = f"{label}の{n}段落目「{words[:40]}」"
            if match[3]:
                found.append(f"{where}：{match[3]} が閉じられていません。{AGAIN}")
                continue
            for name in _NAME.findall(re.sub(r"'[^']*'|\"[^\"]*\"", "", match[1] or match[2] or "")):
                if name not in KNOWN | _LOOP | _WORDS:
                    found.append(
                        f"{where}：差込項目「{name}」はありません。使えるもの：{'、'.join(sorted(KNOWN))}。{AGAIN}"
                    )
    return found


def _styles(tree: etree._Element | None) -> list[str]:
    there = {style.get(f"{W}styleId") for style in tree.iter(f"{W}style")} if tree is not None else set()
    wanted = {look.id: look.name for look in LOOKS if look.id not in LATER} | {
        TABLE: "報告書の表",
        "Heading1": "見出し1",
        "Heading2": "見出し2",
    }
    return [f"スタイル「{name}」がありません。{AGAIN}" for key, name in wanted.items() if key not in there]
