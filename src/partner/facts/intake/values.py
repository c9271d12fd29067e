"""What people type, read without guessing: what is not certain is refused with the way to write it."""

import re
import unicodedata
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any

from openpyxl.utils.datetime import from_excel

from partner.common.period import ERAS, JST

_MAY_BE_SHOWN = re.compile(r"[\d./:\- 年月日時分秒元令和平成昭大正明治MTSHR]{1,24}", re.IGNORECASE)
WRITE_DATES = "2026-10-01、2026/10/1、令和8年10月1日のように書いてください"
_ERA_NAMES = {name: (start, name) for start, name in ERAS} | {
    letter: (start, name) for letter, (start, name) in zip("RHS", ERAS, strict=True)
}
_DATE = re.compile(
    r"(?:(?P<era>令和|平成|昭和|[RHSrhs])\s*(?P<era_year>元|\d{1,2})|(?P<year>\d{4}))"
    r"\s*[年./-]\s*(?P<month>\d{1,2})\s*[月./-]\s*(?P<day>\d{1,2})\s*日?"
)
_ERRORS = {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"}
_TIME = re.compile(r"(\d{1,2})(?::|時)(\d{1,2})(?:分?|:(\d{1,2})(?:\.(\d{1,6}))?)秒?")


class Unreadable(Exception):
    """A value that cannot be read; the message says how to write it."""


def text(value: Any) -> str:
    """A cell as text: outer spaces go, full-width letters and digits become plain; a whole float loses its zero."""
    if value is None:
        return ""
    if isinstance(value, str):
        if value in _ERRORS:
            raise Unreadable(f"表計算ソフトのエラー（{value}）です")
        return value.strip() if value.isascii() else unicodedata.normalize("NFKC", value).strip()
    if isinstance(value, bool):
        return "1" if value else ""
    if isinstance(value, float):
        if not value.is_integer():
            raise Unreadable(f"小数（{value}）になっています。文字列として入力してください")
        return str(int(value))
    if not isinstance(value, int):
        raise Unreadable("日付か時刻になっています。文字列として入力してください")
    return str(value)


def number(value: Any) -> str:
    """A number that names something: what a program turned into a decimal (1001.0) is read, 1001.5 or 1.0E+05 is not."""
    if isinstance(value, int | float) and abs(value) >= 1e15:
        raise Unreadable(f"桁が多すぎて、数値のままでは正しく読めません（{value:.0f}）。文字列として入力してください")
    read = text(value)
    if read.isalnum():  # most of them
        return read
    if match := re.fullmatch(r"(\d+)\.(\d+)", read):
        if int(match[2]):
            raise Unreadable(f"小数（{read}）になっています。文字列として入力してください")
        return match[1]
    if re.fullmatch(r"\d(\.\d+)?[Ee]\+\d+", read):
        raise Unreadable(f"指数（{read}）になっています。文字列として入力してください")
    return read


def plain(value: Any) -> str:
    """A name or an address: outer spaces go, nothing else is touched."""
    return value.strip() if isinstance(value, str) and value not in _ERRORS else text(value)


def integer(value: Any) -> int:
    """A whole number: 1,234 and full-width digits are read, 12.5 is not. Raises Unreadable."""
    read = text(value).replace(",", "")
    if not re.fullmatch(r"[+-]?\d{1,15}", read):
        raise Unreadable("整数ではありません")
    return int(read)


def decimal(value: Any) -> Decimal:
    """A number with decimals, as written. Raises Unreadable."""
    if isinstance(value, bool):
        raise Unreadable("数ではありません")
    read = str(value) if isinstance(value, int | float) else text(value).replace(",", "")
    if not re.fullmatch(r"[+-]?\d{1,15}(\.\d{1,10})?", read):
        raise Unreadable("数ではありません")
    return Decimal(read)


def moment(value: Any, epoch: datetime | None) -> tuple[datetime, bool]:
    """An instant, and whether only the day is known. `epoch` is the workbook's first day (1900 or 1904).

    Raises Unreadable.
    """
    if isinstance(value, datetime):
        return value.replace(tzinfo=JST), value.time() == time()
    if isinstance(value, date):
        return datetime.combine(value, time(), JST), True
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _serial(value, epoch)
    return _written(text(value))


def _serial(value: float, epoch: datetime | None) -> tuple[datetime, bool]:
    if epoch is None or not 1 <= value < 2958466:
        raise Unreadable(f"数値（{value}）は日付として読めません。{WRITE_DATES}")
    read = from_excel(value, epoch)
    if not isinstance(read, datetime):
        raise Unreadable(f"数値（{value}）は日付として読めません。{WRITE_DATES}")
    return read.replace(tzinfo=JST), read.time() == time()


@lru_cache(maxsize=65536)
def _written(written: str) -> tuple[datetime, bool]:
    if re.fullmatch(r"\d{5}(\.\d+)?", written):
        raise Unreadable(f"「{written}」は表計算ソフトの通し番号のようです。{WRITE_DATES}")
    match = _DATE.match(written)
    if not match:
        shown = f"「{written}」" if _MAY_BE_SHOWN.fullmatch(written) else "この値"  # names may have come here
        raise Unreadable(f"{shown}は日付として読めません。{WRITE_DATES}")
    day = _day(match, written)
    rest = written[match.end() :].lstrip(" T").strip()
    if not rest:
        return datetime.combine(day, time(), JST), True
    return datetime.combine(day, _clock(rest, written), JST), False


def _day(match: "re.Match[str]", written: str) -> date:
    month, day = int(match["month"]), int(match["day"])
    try:
        if not match["era"]:
            return date(int(match["year"]), month, day)
        start, name = _ERA_NAMES[match["era"].upper()]
        number = 1 if match["era_year"] == "元" else int(match["era_year"])
        read = date(start.year + number - 1, month, day)
    except ValueError:
        raise Unreadable(f"「{written}」という日はありません") from None
    ends = min((begin for begin, _ in ERAS if begin > start), default=date.max)
    if number == 0 or not start <= read < ends:
        raise Unreadable(f"「{written}」は{name}の期間にない日です")
    return read


def _clock(rest: str, written: str) -> time:
    match = _TIME.fullmatch(rest)
    try:
        if match:
            hour, minute, second = (int(part or 0) for part in match.groups()[:3])
            return time(hour, minute, second, int((match[4] or "0").ljust(6, "0")))
    except ValueError:
        pass
    shown = f"「{written}」" if _MAY_BE_SHOWN.fullmatch(written) else "この値"
    raise Unreadable(f"{shown}の時刻は読めません。14:30 のように書いてください")
