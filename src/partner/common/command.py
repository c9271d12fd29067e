"""What every command shares: `--json`, exit codes 0, 1 and 2, messages on stderr, a database that is ready."""

import contextlib
import json
import os
import sys
import traceback
from argparse import ArgumentParser
from datetime import datetime
from typing import Any, NoReturn

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor

from partner.common.locks import file_lock
from partner.common.period import JST, Period, parse_period
from partner.common.refusal import Fault, Refusal

MOST_SHOWN = 200


def ensure_database() -> None:
    """Brings the database up to this version; two commands at once wait for each other."""
    connection = connections[DEFAULT_DB_ALIAS]

    def pending() -> bool:
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))

    if pending():
        with file_lock("migrate"):
            if pending():
                call_command("migrate", interactive=False, verbosity=0)


class _Parser(CommandParser):
    """Wrong usage is exit code 2, in JSON too when that was asked for."""

    def error(self, message: str) -> NoReturn:
        if "--json" in sys.argv:
            sys.stdout.write(json.dumps({"errors": [Fault("usage", message).as_dict()]}, ensure_ascii=False) + "\n")
            raise SystemExit(2)
        ArgumentParser.error(self, message)


class PartnerCommand(BaseCommand):
    """A command of `./partner`. `run` returns what `--json` prints; `show` prints the same for people."""

    needs_database = True
    requires_system_checks: list[str] = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """`./partner NAME` as the program's name, and `--json` on every command."""
        parser = _Parser(prog=f"./partner {subcommand}", description=self.help or None)
        parser.add_argument("--json", action="store_true", help="one JSON document on stdout")
        parser.set_defaults(no_color=True, force_color=False, traceback=True, settings=None, pythonpath=None,
                            verbosity=1, skip_checks=True)  # fmt: skip
        self.add_arguments(parser)
        return parser

    def run(self, **options: Any) -> dict[str, Any]:
        """Does it; raises Refusal where it cannot be done."""
        raise NotImplementedError

    def show(self, result: dict[str, Any]) -> None:
        """Prints the result for people."""
        self.stdout.write(json.dumps(result, ensure_ascii=False, indent=1))

    def say(self, message: str) -> None:
        """Progress and notices go to stderr."""
        sys.stderr.write(message + "\n")
        sys.stderr.flush()

    def handle(self, *args: Any, **options: Any) -> None:
        """Calls `run`; turns a refusal into exit code 1."""
        as_json = options.pop("json")
        for name in ("settings", "pythonpath", "verbosity", "no_color", "force_color", "traceback", "skip_checks"):
            options.pop(name, None)
        try:
            if self.needs_database:
                ensure_database()
            result = self.run(**options)
        except CommandError as error:
            self._end(2, [Fault("usage", str(error))], as_json)
        except Refusal as refusal:
            self._end(1, refusal.faults, as_json)
        except KeyboardInterrupt:
            self._end(1, [Fault("interrupted", "中断しました。もう一度実行できます。")], as_json)
        except BrokenPipeError:
            os._exit(1)
        except Exception as error:  # a traceback is a defect: say so, and where to look
            if os.environ.get("PARTNER_TRACEBACK"):
                traceback.print_exc()
            name = type(error).__name__
            self._end(
                1,
                [Fault("defect", f"プログラムの不具合です（{name}）。PARTNER_TRACEBACK=1 を付けると詳細が出ます。")],
                as_json,
            )
        else:
            with contextlib.suppress(BrokenPipeError):
                self._print(result, as_json)

    def _print(self, result: dict[str, Any], as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(result, ensure_ascii=False, default=_plain))
        else:
            self.show(result)

    def _end(self, code: int, faults: Any, as_json: bool) -> NoReturn:
        if as_json:
            self.stdout.write(json.dumps({"errors": [fault.as_dict() for fault in faults]}, ensure_ascii=False))
        else:
            for fault in faults[:MOST_SHOWN]:
                self.say(str(fault))
            if len(faults) > MOST_SHOWN:
                self.say(f"ほかに{len(faults) - MOST_SHOWN:,}件あります（全部は --json で出ます）。")
        raise SystemExit(code)


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return instant_text(value)
    return str(value)


def instant_text(at: datetime) -> str:
    """ISO 8601 in Japan's time; microseconds only where they are not zero."""
    return at.astimezone(JST).isoformat()


def read_instant(text: str) -> datetime:
    """An instant as people type it; without an offset it is Japan's time. Raises Refusal."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise Refusal(
            "bad_instant", f"日時「{text}」は読めません。2026-11-09T17:00+09:00 のように書いてください。"
        ) from None
    return at if at.tzinfo else at.replace(tzinfo=JST)


def read_period(text: str) -> Period:
    """A period as people type it. Raises Refusal."""
    try:
        return parse_period(text)
    except ValueError as error:
        raise Refusal("bad_period", str(error)) from None
