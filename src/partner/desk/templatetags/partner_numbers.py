"""Numbers, moments and icons as the desk prints them."""

from datetime import datetime
from functools import cache
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from partner.common.command import instant_text
from partner.common.period import JST
from partner.ledger.fields import MICROSECOND
from partner.reports import wording

register = template.Library()


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """An icon of icons.html; what it says stands beside it in words."""
    return format_html('<svg class="icon" aria-hidden="true" focusable="false"><use href="#i-{}"/></svg>', name)


@register.filter
def number(value: Any, style: str = "count") -> str:
    """82,014; a share in per cent, a duration in minutes by its style; nothing stays a dash."""
    return "—" if value in (None, "") else wording.number(value, style)


@register.filter
def signed(value: Any, style: str = "count") -> str:
    """＋276, −7, 0."""
    if value in (None, ""):
        return "—"
    return wording.signed_amount(value, style).replace("+", "＋").replace("±", "")


@register.filter
def moment(at: datetime | None) -> str:
    """2026-10-06 12:00 in Japan's time; seconds where they are not zero."""
    if at is None:
        return "—"
    local = at.astimezone(JST)
    return f"{local:%Y-%m-%d %H:%M:%S}" if local.second else f"{local:%Y-%m-%d %H:%M}"


@register.filter
def day(at: Any) -> str:
    """2026-10-06 in Japan."""
    if at is None:
        return "—"
    return (at.astimezone(JST) if isinstance(at, datetime) else at).strftime("%Y-%m-%d")


@register.filter
def last_day(at: datetime) -> str:
    """The last day before an instant at midnight: 2026-10-31 for 2026-11-01 0:00."""
    return day(at - MICROSECOND)


@register.filter
def moment_words(at: datetime) -> str:
    """10月6日（火）12:00."""
    local = at.astimezone(JST)
    return f"{wording.day(local.date(), era=False)}{local:%H:%M}"


@register.filter
def moment_full(at: datetime) -> str:
    """令和8年10月6日（火）12:00."""
    return wording.moment(at.replace(microsecond=0))


@register.filter
def moment_short(at: datetime) -> str:
    """10/6 12:00."""
    local = at.astimezone(JST)
    return f"{local.month}/{local.day} {local.hour}:{local:%M}"


@register.filter
def day_words(at: Any) -> str:
    """11月9日（月）."""
    local = at.astimezone(JST).date() if isinstance(at, datetime) else at
    return wording.day(local, era=False)


@register.filter
def unbroken(label: str) -> SafeString:
    """令和8年10月（2026年10月）: breaks between the two eras only."""
    era, mark, western = label.partition("（")
    if not mark:
        return format_html('<span class="nobreak">{}</span>', label)
    return format_html('<span class="nobreak">{}</span><wbr><span class="nobreak">（{}</span>', era, western)


@register.filter
def item(found: dict[str, Any], key: str) -> Any:
    """What a dictionary holds under a name that the template computes; nothing where it holds none."""
    return found.get(key, ())


@register.filter
def iso(at: datetime) -> str:
    """The instant as addresses carry it."""
    return instant_text(at)


@register.filter
def slashed(text: str) -> str:
    """10-07 as 10/7."""
    return "/".join(part.lstrip("0") for part in text.split("-"))
