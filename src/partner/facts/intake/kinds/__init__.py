"""What can be taken in: one module for each subject declares its sheets."""

from partner.common.refusal import Refusal
from partner.facts.intake.kinds.declare import Column, Kind
from partner.facts.intake.kinds.registrations import REGISTRATIONS

__all__ = ["KINDS", "Column", "Kind", "find"]

KINDS = {kind.kind: kind for kind in (*REGISTRATIONS,)}


def find(name: str) -> Kind:
    """The kind of that name. Raises Refusal for an unknown one."""
    if name not in KINDS:
        raise Refusal("unknown_kind", f"取込の種類「{name}」はありません。使えるもの：{'、'.join(KINDS)}")
    return KINDS[name]
