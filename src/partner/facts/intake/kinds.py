"""What can be taken in: each kind declares its columns; reading, checking and loading are the same for all."""

from dataclasses import dataclass
from functools import cached_property

from partner.common.refusal import Refusal
from partner.facts.models.registrations import EventKind
from partner.facts.parties import ORGANIZATIONS, PEOPLE, Party


@dataclass(frozen=True)
class Column:
    """One column of a sheet. `list` names the master list that holds its codes; `choices` are the product's own."""

    name: str
    label: str
    help: str
    required: bool = False
    list: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    limit: int = 80


@dataclass(frozen=True)
class Kind:
    """A kind of sheet."""

    kind: str
    label: str
    columns: tuple[Column, ...]
    party: Party

    def column(self, name: str) -> Column:
        """The column of that name."""
        return self._by_name[name]

    @cached_property
    def _by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}


def _registration_columns(code: str, who: str) -> tuple[Column, ...]:
    return (
        Column(
            "key",
            "行キー",
            "行を見分ける番号。同じキーで内容を変えると訂正になる。新しい異動には新しいキーを付ける。",
            True,
        ),
        Column("number", "管理番号", f"{who}の番号。", True, limit=40),
        Column("event", "異動区分", "起きたこと。", True, choices=tuple(EventKind.choices)),
        Column(
            "happened_at",
            "発生日時",
            "日付、又は日付と時刻（2026-10-01、令和8年10月1日、2026-10-01 14:30）。日付だけならその日の0:00とする。",
            True,
        ),
        Column("level", "区分", "申請・登録・再登録・区分変更では必ず書く。", list=f"{code}_level"),
        Column(
            "organization_type",
            "団体種別",
            "団体の申請・登録・再登録・種別変更では必ず書く。人材では空にする。",
            list="organization_type",
        ),
        Column("medium", "接触媒体", "登録・再登録のとき。1つ。答えのないときは空。", list="contact_medium"),
        Column(
            "purposes",
            "登録目的",
            "登録・再登録・目的変更のとき。いくつでも「；」で区切る。",
            list="registration_purpose",
            limit=400,
        ),
        Column("merged_into", "統合先管理番号", "統合のとき、残る方の管理番号。", limit=40),
        Column("withdrawn", "取消", "その行を取り消すとき「取消」と書く。", choices=(("1", "取消"),)),
        Column("name", "氏名または団体名", "本人の名称。記録台帳とは別に保管する。", limit=200),
        Column("address", "住所", "", limit=300),
        Column("email", "メール", "", limit=254),
    )


KINDS = {
    kind.kind: kind
    for kind in (
        Kind("people", "人材登録の異動", _registration_columns("person", "人材"), PEOPLE),
        Kind("organizations", "団体登録の異動", _registration_columns("organization", "団体"), ORGANIZATIONS),
    )
}


def find(name: str) -> Kind:
    """The kind of that name. Raises Refusal for an unknown one."""
    if name not in KINDS:
        raise Refusal("unknown_kind", f"取込の種類「{name}」はありません。使えるもの：{'、'.join(KINDS)}")
    return KINDS[name]
