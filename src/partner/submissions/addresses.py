"""What reports are called, and their kinds: `incident` in addresses, commands and texts, `incident/first` in rows."""

NAMES = {
    "monthly": "月次報告書",
    "quarterly": "四半期報告書",
    "annual": "年間業務完了報告書",
    "expenses": "経費確定金額",
    "service": "個別サービス実施報告書",
    "incident/first": "クレーム・トラブル第一報",
    "incident/interim": "クレーム・トラブル中間報告",
    "incident/full": "クレーム・トラブル完了報告",
}


def name_of(kind: str, period: str) -> str:
    """月次報告書, クレーム・トラブル第一報; of an interim report with its number."""
    number = period.partition("/interim-")[2]
    return NAMES.get(kind, kind) + (f"（第{number}回）" if number else "")


def slug_of(kind: str) -> str:
    """`incident` for `incident/interim`; the others are the same on both sides."""
    return kind.partition("/")[0]


def kind_at(slug: str, period: str) -> str:
    """The row's kind: `incident` with `incident:T-1/interim-2` is `incident/interim`. A row's kind stays as it is."""
    if slug != "incident":
        return slug
    return f"incident/{period.partition('/')[2].partition('-')[0]}"


def number_of(period: str) -> str:
    """The number of the event or incident in `event:E-1`, `incident:T-1/first`; empty in other periods."""
    return period.partition(":")[2].partition("/")[0]
