"""`./partner user add NAME --role ROLE`: a sign-in."""

import sys
from typing import Any

from partner.accounts import audit
from partner.accounts.actions import add_user
from partner.accounts.roles import Role
from partner.common.command import PartnerCommand
from partner.common.refusal import Refusal


class Command(PartnerCommand):
    """Makes a sign-in; without --password-stdin a password is made and shown once."""

    help = "利用者を加える / add a sign-in"

    def add_arguments(self, parser: Any) -> None:
        """`add NAME --role ROLE [--display NAME] [--password-stdin]`."""
        parser.add_argument("action", choices=["add"], help="add：加える")
        parser.add_argument("name", metavar="NAME", help="利用者名（英数字と @ . + - _）")
        parser.add_argument("--role", required=True, metavar="ROLE", help="、".join(Role.values))
        parser.add_argument("--display", default="", metavar="NAME", help="ほかの人に見える名前")
        parser.add_argument("--password-stdin", action="store_true", help="パスワードを標準入力から読む")

    def run(self, **options: Any) -> dict[str, Any]:
        """The user's name, role and, where it was made here, the password."""
        given = sys.stdin.readline().rstrip("\r\n") if options["password_stdin"] else ""
        if options["password_stdin"]:
            _must_be_strong(given)
        name, role = options["name"], options["role"]
        _, password = add_user(
            name=name, role=role, display=options["display"], password=given, by=audit.COMMAND
        )  # fmt: skip
        return {"name": name, "role": role} | ({} if given else {"password": password})

    def show(self, result: dict[str, Any]) -> None:
        """The same in words."""
        self.stdout.write(f"{result['name']}（{Role(result['role']).label}）を加えました。")
        if "password" in result:
            self.stdout.write(f"パスワード：{result['password']}　この1回だけ表示します。")


def _must_be_strong(password: str) -> None:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    try:
        validate_password(password)
    except ValidationError as error:
        raise Refusal("weak_password", "".join(error.messages)) from None
