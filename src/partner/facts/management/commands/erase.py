"""`./partner erase person|organization NUMBER --reason R`: a subject's identity goes for ever."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from partner.common.command import PartnerCommand
from partner.facts.erasure import erase, purge
from partner.facts.streams import PARTIES

BY = ("コマンド操作", "システム運用")
_PARTIES = {str(party.code): party for party in PARTIES.values()}


class Command(PartnerCommand):
    """Erases one subject; `purge` goes on with cleaning what an earlier erasure could not."""

    help = "個人・団体の情報を消去する / erase an identity"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=[*_PARTIES, "purge"])
        parser.add_argument("number", nargs="?", default="", help="管理番号")
        parser.add_argument("--reason", default="", help="理由（本人の情報は書かない）")

    def run(self, **options: Any) -> dict[str, Any]:
        what, number, reason = options["what"], options["number"], options["reason"]
        if what == "purge":
            return {"erased": None, "purged": purge(say=self.say)}
        if not number or not reason:
            raise CommandError("管理番号と --reason が必要です。")
        made = erase(_PARTIES[what], number, by=BY, reason=reason, say=self.say)
        return {"erased": what, "tick": made.tick, "purged": made.purged_at is not None}

    def show(self, result: dict[str, Any]) -> None:
        if result["erased"]:
            self.stdout.write(
                "消去しました。件数などの数値は変わりません。元の表計算ファイルや控えは別に消してください。"
            )
        self.stdout.write("跡を消し終えました。" if result["purged"] else "跡をまだ消し終えていません。")
