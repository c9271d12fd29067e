"""Measuring: the best of several runs, and results as `./partner bench` prints them."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any


def best(work: Callable[[], Any], runs: int = 5) -> float:
    """Seconds of the fastest of several runs: what else the machine does only ever adds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def result(
    what: str, value: float, yardstick: str, yardstick_value: float, target: float, unit: str = "s"
) -> dict[str, Any]:
    """One line: the value, its yardstick of the same run, the ratio and whether it meets the target."""
    ratio = value / yardstick_value
    texts = {"value": value, "yardstick_value": yardstick_value, "ratio": ratio}
    rounded = {name: str(Decimal(number).quantize(Decimal("0.0001"))) for name, number in texts.items()}
    return {
        "what": what, "unit": unit, "yardstick": yardstick, "target": f"<= {target}", "met": ratio <= target, **rounded,
    }  # fmt: skip


def say(text: str) -> None:
    """Progress on stderr."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def load_demonstration(arguments: list[str]) -> None:
    """The demonstration Centre, where nothing is recorded yet; in a process of its own: what loading needs is no part of what is measured."""
    from partner.ledger import clock

    if clock.is_empty():
        scale = next((word.partition("=")[2] for word in arguments if word.startswith("--scale=")), "1.0")
        say(f"loading the demonstration Centre at scale {scale}")
        manage = Path(__file__).resolve().parents[1] / "manage.py"
        line = [sys.executable, str(manage), "demo", "load", "--scale", scale, "--until", "2026-11-22"]
        subprocess.run(line, check=True, stdout=subprocess.DEVNULL)


def set_up() -> None:
    """Django over the data folder that the environment names, migrated."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partner.config.settings")
    import django

    django.setup()
    from partner.common.command import ensure_database

    ensure_database()
