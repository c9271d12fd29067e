"""Hands a command line over to Django; a command that does not exist is wrong usage, exit code 2."""

import json
import sys

from django.core.management import execute_from_command_line, get_commands

from partner.common.refusal import Fault


def execute(arguments: list[str]) -> None:
    """Runs the command, or says in Japanese that there is none of that name."""
    import django

    django.setup()
    name = arguments[1] if len(arguments) > 1 else ""
    if name and not name.startswith("-") and name != "help" and name not in get_commands():
        fault = Fault("unknown_command", f"コマンド「{name}」はありません。./partner --help で一覧が出ます。")
        if "--json" in arguments:
            sys.stdout.write(json.dumps({"errors": [fault.as_dict()]}, ensure_ascii=False) + "\n")
        else:
            sys.stderr.write(f"{fault}\n")
        raise SystemExit(2)
    execute_from_command_line(arguments)
