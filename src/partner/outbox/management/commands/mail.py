"""./partner mail send|list: sends what is due; for a timer, every few minutes."""

from typing import Any

from partner.common.command import PartnerCommand, instant_text
from partner.ledger import clock
from partner.outbox.models import OutgoingMail
from partner.outbox.sending import deliver
from partner.outbox.states import state_of


class Command(PartnerCommand):
    """The outbox."""

    help = "送信箱のメールを送る・一覧にする / send what is in the outbox, or list it"

    def add_arguments(self, parser: Any) -> None:
        """What to do."""
        parser.add_argument("act", choices=("send", "list"), help="send：期限の来たものを送る  list：一覧")

    def run(self, **options: Any) -> dict[str, Any]:
        """Counts of what was sent; or every mail with its state, without its address."""
        now = clock.now()
        if options["act"] == "send":
            return {"act": "send", **deliver(now)}
        rows = OutgoingMail.objects.order_by("-id")[:200]
        mails = [
            {
                "key": row.key,
                "subject": row.subject,
                "queued_at": instant_text(row.queued_at),
                "state": state_of(row, now).name,
            }
            for row in rows
        ]
        return {"act": "list", "mails": mails}

    def show(self, result: dict[str, Any]) -> None:
        """A line each."""
        if result["act"] == "send":
            self.stdout.write(
                f"送信 {result['sent']}通、後で再送 {result['deferred']}通、受け付けられず {result['refused']}通"
            )
        for one in result.get("mails", ()):
            self.stdout.write(f"{one['queued_at']}  {one['state']}  {one['subject']}")
