"""Serves the site with gunicorn from this very process, on a port that was taken before any slow work began."""

import errno
import socket
from typing import Any

from django.conf import settings
from django.db import connections

from partner.common.refusal import Refusal

WORKERS = 2


def take_port(port: int) -> socket.socket:
    """The port, ours from now on: who calls early waits. Raises Refusal where another program has it."""
    taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind(("127.0.0.1", port))
        taken.listen(128)
    except (OSError, OverflowError) as error:
        taken.close()
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            message = f"ポート {port} は使用中です。--port {port + 1} のように別の番号を指定してください。"
        else:
            message = f"ポート {port} は使えません。1024から65535までの番号を指定してください。"
        raise Refusal("port_in_use", message) from None
    return taken


def serve(port: socket.socket) -> None:
    """Serves until it is told to stop (Ctrl-C, SIGTERM); ends the process."""
    from gunicorn.app.base import BaseApplication

    (settings.DATA / "static").mkdir(exist_ok=True)  # WhiteNoise looks for it; all files come from the source tree
    connections.close_all()  # the workers open their own

    class Site(BaseApplication):
        def load_config(self) -> None:
            chosen: dict[str, Any] = {
                "bind": f"fd://{port.fileno()}",
                "workers": WORKERS,
                "timeout": 120,
                "graceful_timeout": 10,
                "loglevel": "warning",
                "control_socket_disable": True,
            }
            for name, value in chosen.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            from django.core.wsgi import get_wsgi_application

            return get_wsgi_application()

    Site().run()
