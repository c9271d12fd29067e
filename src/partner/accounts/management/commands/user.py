"""`./partner user add NAME --role ROLE`: a sign-in."""

import secrets
import sys
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandParser

from partner.accounts.models import User
from partner.accounts.roles import Role
from partner.common.command import PartnerCommand
from partner.common.refusal import Refusal


class Command(PartnerCommand):
    """Makes a sign-in; without --password-stdin a password is made and shown once."""

    help = "利用者を加える / add a sign-in"

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        add = actions.add_parser("add")
        add.add_argument("name")
        add.add_argument("--role", required=True, help="、".join(Role.values))
        add.add_argument("--display", default="", help="the name that others see")
        add.add_argument("--password-stdin", action="store_true", dest="password_stdin")
        add.add_argument("--json", action="store_true")

    def run(self, **options: Any) -> dict[str, Any]:
        name, role = options["name"], options["role"]
        if role not in Role.values:
            raise Refusal("unknown_role", f"役割「{role}」はありません。使えるもの：{'、'.join(Role.values)}")
        if User.objects.filter(username=name).exists():
            raise Refusal("user_exists", f"利用者「{name}」はすでにいます。")
        given = sys.stdin.readline().rstrip("\n") if options["password_stdin"] else ""
        password = given or secrets.token_urlsafe(12)
        user = User(username=name, display_name=options["display"], role=role)
        try:
            user.full_clean(exclude=["password"])
        except ValidationError as error:
            raise Refusal("bad_user", "、".join(error.messages)) from None
        user.set_password(password)
        user.save()
        return {"name": name, "role": role} | ({} if given else {"password": password})

    def show(self, result: dict[str, Any]) -> None:
        self.stdout.write(f"{result['name']}（{Role(result['role']).label}）を加えました。")
        if "password" in result:
            self.stdout.write(f"パスワード：{result['password']}　この1回だけ表示します。")
