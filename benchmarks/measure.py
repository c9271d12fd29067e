"""Measuring: the best of several runs, and results as `./partner bench` prints them."""

import os
import sys
import time
from collections.abc import Callable
from decimal import Decimal
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


def set_up() -> None:
    """Django over the data folder that the environment names, migrated."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partner.config.settings")
    import django

    django.setup()
    from partner.common.command import ensure_database

    ensure_database()
