"""./partner run: all set-up, the demonstration Centre, the last closed month's report, and the site."""

from typing import Any

from partner.common.command import PartnerCommand, ensure_database
from partner.common.locks import file_lock
from partner.common.refusal import Refusal
from partner.desk import first_start, server, taking


class Command(PartnerCommand):
    """Prepares everything and serves."""

    help = "準備し、画面を出す / set up everything and serve"
    needs_database = False  # only once the port is ours

    def add_arguments(self, parser: Any) -> None:
        """Where to serve, and what to leave out."""
        parser.add_argument("--port", type=int, default=8000, help="ポート番号（省略すると 8000）")
        parser.add_argument("--no-serve", action="store_true", help="準備だけして終わる")
        parser.add_argument("--empty", action="store_true", help="架空のデータを読み込まない")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints what is ready, then serves."""
        super().handle(*args, **options)
        if not options["no_serve"]:
            self.stdout.flush()
            server.serve(self.port)

    def run(self, **options: Any) -> dict[str, Any]:
        """The report's files; the port is taken first, so that nobody waits in vain."""
        self.address = ""
        if not options["no_serve"]:
            self.port = server.take_port(options["port"])
            self.address = f"http://localhost:{options['port']}/desk/"
        ensure_database()
        taking.sweep()  # sheets that were left here when the server last ended
        with file_lock("run"):
            if not options["empty"]:
                first_start.load_demo(self.say)
            try:
                return first_start.monthly_report(self.say)
            except Refusal as refusal:
                if options["no_serve"]:
                    raise
                for fault in refusal.faults:
                    self.say(str(fault))
                return {"kind": "monthly", "period": first_start.last_closed_month().key, "known_at": None, "files": []}

    def show(self, result: dict[str, Any]) -> None:
        """The files, the address and the sign-ins."""
        if result["files"]:
            self.stdout.write(f"月次報告書 {result['period']}（{result['known_at']} 時点）")
        for file in result["files"]:
            self.stdout.write(f"  {file['path']}")
        if not self.address:
            return
        self.stdout.write(f"\n画面 / Open: {self.address}    終わるには Ctrl-C / Ctrl-C ends")
        for name, password, role in first_start.sign_ins():
            self.stdout.write(f"  {name:<12} {password:<20} {role}")
