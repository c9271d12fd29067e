"""placeholder"""
from typing import Any
def write_chart(*args: Any) -> None:
    return None
