"""`./partner intake kinds|template|load|undo`: spreadsheets in, and a load taken back."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction

from partner.common.command import PartnerCommand
from partner.common.refusal import Refusal
from partner.facts.intake.kinds import KINDS, Kind, find
from partner.facts.intake.loading import load
from partner.facts.intake.reading import shown_name
from partner.facts.intake.template import permitted, write_template
from partner.facts.intake.undoing import undo
from partner.facts.models import Load
from partner.ledger import clock
from partner.master.book import Book

BY = ("コマンド操作", "システム運用")


class Command(PartnerCommand):
    """The kinds of sheets, their templates, and loads."""

    help = "表計算ファイルを取り込む / spreadsheets in"

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        kinds = actions.add_parser("kinds")
        template = actions.add_parser("template")
        template.add_argument("kind")
        template.add_argument("--out", required=True)
        loading = actions.add_parser("load")
        loading.add_argument("kind")
        loading.add_argument("files", nargs="+", metavar="FILE")
        loading.add_argument("--dry-run", action="store_true", dest="dry_run")
        loading.add_argument("--good-rows", action="store_true", dest="good_rows")
        loading.add_argument("--again", action="store_true")
        loading.add_argument("--covers", default="", metavar="FROM..TO|none")
        undoing = actions.add_parser("undo")
        undoing.add_argument("number", type=int, help="the load's number")
        for action in (kinds, template, loading, undoing):
            action.add_argument("--json", action="store_true")

    def run(self, **options: Any) -> dict[str, Any]:
        action = options.pop("action")
        if action == "kinds":
            return {"kinds": [self._kind(kind) for kind in KINDS.values()]}
        if action == "undo":
            return self._undo(options["number"])
        kind = find(options["kind"])
        if action == "template":
            return self._template(kind, Path(options["out"]))
        more = {name: options[name] for name in ("covers", "dry_run", "good_rows", "again")}
        files = [Path(file) for file in options["files"]]
        if len(files) == 1:
            return load(kind, files[0], by=BY, say=self.say, **more)
        with transaction.atomic():  # one after another, each on top of those before; one refused, none is loaded
            return {"kind": kind.kind, "loads": [load(kind, file, by=BY, say=self.say, **more) for file in files]}

    def _undo(self, number: int) -> dict[str, Any]:
        row = Load.objects.filter(pk=number).first()
        if row is None:
            raise Refusal("unknown_load", f"取込{number}はありません。")
        return undo(row, by=BY, say=self.say)

    def _kind(self, kind: Kind) -> dict[str, Any]:
        book, at = Book(clock.cut()), clock.now()
        columns = [
            {
                "name": column.name, "label": column.label, "required": column.required,
                "codes": [{"code": code, "label": label} for code, label in permitted(column, book, at)],
            }
            for column in kind.columns
        ]  # fmt: skip
        return {"kind": kind.kind, "label": kind.label, "columns": columns}

    def _template(self, kind: Kind, path: Path) -> dict[str, Any]:
        try:
            write_template(kind, path, Book(clock.cut()), clock.now())
        except OSError:
            message = "出力先に書き込めません。フォルダーがあるか、書き込めるかを確かめてください。"
            raise Refusal("cannot_write", message, file=shown_name(path)) from None
        return {"kind": kind.kind, "file": str(path)}

    def show(self, result: dict[str, Any]) -> None:
        if "kinds" in result:
            for kind in result["kinds"]:
                self.stdout.write(f"{kind['kind']:<16} {kind['label']}")
        elif "withdrawn" in result:
            said = f"取込{result['load']}を取り消しました。取消{result['withdrawn']:,}件、取込前に戻した{result['restored']:,}件"
            self.stdout.write(f"{said}、あとから直されて残した{result['left']:,}件")
        elif "rows" in result or "loads" in result:
            for one in result.get("loads", [result]):
                counts = f"新規{one['new']:,}　訂正{one['corrected']:,}　変化なし{one['unchanged']:,}　差戻し{one['refused']:,}"
                self.stdout.write(f"{one['file']}：{one['rows']:,}行　{counts}")
                if one.get("refused_file"):
                    self.stdout.write(f"差し戻した行：{one['refused_file']}")
        else:
            self.stdout.write(result["file"])
