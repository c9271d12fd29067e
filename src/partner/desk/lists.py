"""The lists of master data as the desk shows and changes them. Everything about a list stands in its one entry below."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from partner.common.refusal import Refusal
from partner.master.book import holds
from partner.master.models import CatalogueEntry, ClosedDay, Code, ContractFact, Dated, Definition, Indicator, Target

REMAPPED = (
    "集計欄を変えると、有効にした月から、そのレベルの登録は新しい欄で数えます。前の月までの数値は変わりません。"
    "有効にした月の報告書では、月初の登録が欄を移る数を「定義変更」として増減の表に出します。"
)


@dataclass(frozen=True)
class Field:
    """One member of a row. `choices_of` names the code list from which its value is taken."""

    name: str
    label: str
    help: str = ""
    kind: str = "text"
    required: bool = True
    choices_of: str = ""


@dataclass(frozen=True)
class MasterList:
    """One list: which rows, which members, from when a change may hold (`month`, `day`, or `never`: its own day)."""

    slug: str
    group: str
    title: str
    about: str
    model: type[Dated]
    keys: tuple[Field, ...]
    values: tuple[Field, ...]
    begins: str = "day"
    fixed: dict[str, Any] = field(default_factory=dict)
    shown: tuple[str, ...] = ()

    def rows(self) -> Any:
        """All rows of the list, believed or not."""
        return self.model.objects.filter(**self.fixed)

    def believed(self) -> list[Any]:
        """The rows believed now, in their order."""
        order = [name for name in ("position", *self.model.key_fields) if hasattr(self.model, name)]
        return list(self.rows().filter(superseded_at=None).order_by(*order, "valid_from", "id"))

    @property
    def fields(self) -> tuple[Field, ...]:
        """Keys, then values."""
        return (*self.keys, *self.values)

    @property
    def columns(self) -> list[Field]:
        """What a table of the list shows."""
        return [one for one in self.fields if not self.shown or one.name in self.shown]

    def key_of(self, row: Any) -> str:
        """The row's key as it stands in an address."""
        return self.key_in({one.name: getattr(row, one.name) for one in self.keys})

    def key_in(self, values: Mapping[str, Any]) -> str:
        """The same from the values of its members."""
        return "/".join(str(values[one.name]) for one in self.keys)

    def name_of(self, row: Any) -> str:
        """What people call the row."""
        return next(
            (str(value) for name in ("label", "name", "title") if (value := getattr(row, name, ""))), self.key_of(row)
        )


_CODE = Field("code", "コード", "英小文字で始め、英小文字・数字・_ だけを使います。後から変えられません。", "code")
_QUESTION = Field("code", "コード", "調査のコード、点、設問のコード。例：consultation.q1", "question_code")
_ANSWER = Field(
    "code",
    "コード",
    "設問のコード、点、答えのコード。例：consultation.q1.5。尺度の答えは数字で終えます。",
    "answer_code",
)
_LABEL = Field("label", "名称", "報告書と画面にこのまま出ます。")
_ENGLISH = Field("label_en", "英語の名称", required=False)
_ORDER = Field("position", "並び順", "小さい順に並びます。", "number")


def _codes(name: str, title: str, about: str, column: str = "", code: Field = _CODE) -> MasterList:
    values = [_LABEL, _ENGLISH]
    if column:
        values.append(Field("reported_as", "集計欄", "報告書でどの欄に数えるかです。", "choice", choices_of=column))
    is_survey = name.startswith("survey")
    group = "登録の区分" if column or name.endswith("_column") else "アンケート" if is_survey else "分類の一覧"
    return MasterList(
        name, group, title, about, Code, (code,), (*values, _ORDER), "month", {"list": name},
        ("code", "label", "reported_as") if column else ("code", "label", "label_en"),
    )  # fmt: skip


_ENTRIES = {
    "page_address": ("アドレス", "/ で始めます。例：/index.html"),
    "network": ("範囲", "例：192.0.2.0/24、2001:db8::/32"),
    "text": ("先頭の文字列", "例：partner-probe/"),
}


def _access(name: str, title: str, about: str, kind: str) -> MasterList:
    label, hint = _ENTRIES[kind]
    values = (Field("label", label, hint, kind), Field("label_en", "覚え", "どこの、何か。", required=False), _ORDER)
    return MasterList(
        name, "アクセスの数え方", title, about, Code, (_CODE,), values, fixed={"list": name}, shown=("label", "label_en")
    )  # fmt: skip


LISTS: tuple[MasterList, ...] = (
    _codes("person_level", "人材の登録レベル", REMAPPED, "person_column"),
    _codes("organization_level", "団体の登録レベル", REMAPPED, "organization_column"),
    _codes("person_column", "人材の集計欄", "報告書の欄の名前です。"),
    _codes("organization_column", "団体の集計欄", "報告書の欄の名前です。"),
    _codes("organization_type", "団体種別", "団体の内訳に使います。"),
    _codes("contact_medium", "接触媒体", "新規登録の内訳に使います。1登録に1つです。"),
    _codes("registration_purpose", "登録目的", "登録の内訳に使います。複数回答を延べで数えます。"),
    _codes("field", "分野", "求人、研修・セミナーの内訳に使います。主分野は1件に1つです。"),
    _codes("mail_service", "メールサービス", "メールサービスの登録者の内訳に使います。"),
    _codes("inquiry_channel", "問い合わせの経路", "問い合わせの内訳に使います。1件に1つです。"),
    _codes("inquiry_category", "問い合わせの分類", "問い合わせの内訳に使います。1件に1つです。"),
    _codes("consultation_channel", "相談の実施形態", "対面相談の内訳に使います。メール相談は含みません。"),
    _codes("survey", "調査", "アンケートの番号と名前です。"),
    _codes("survey_question", "設問", "調査ごとの設問です。一覧にない設問への回答は取り込みません。", code=_QUESTION),
    _codes("survey_answer", "設問の答え", "設問ごとに選べる答えです。一覧にない答えは取り込みません。", code=_ANSWER),
    _access("access_top_page", "トップページのアドレス", "M6のトップページとして数えるアドレスです。問い合わせ部分（?以降）は比べません。", "page_address"),
    _access("access_own_network", "センターのネットワーク", "職員の閲覧として除くアドレスの範囲です。取り込むときに判定します。", "network"),
    _access("access_own_agent", "センターの監視", "監視の閲覧として除くユーザーエージェントの先頭です。取り込むときに判定します。", "text"),
    MasterList(
        "indicators", "確保すべき質", "指標", "実施要項1-9、性能目標、信頼性目標、インセンティブ指定指標を、どの数値で測るかです。",
        Indicator, (_CODE,),
        (
            Field("clause", "条項", kind="clause"), Field("name", "名称", "報告書にこのまま出ます。"),
            Field("unit", "単位", "％のときは、目標値も％で書きます。"), Field("direction", "よい向き", kind="direction"),
            Field("figure", "数値", "年度の値は、この数値の4月からの累計（率や平均は、4月からの記録全体）です。", "figure"),
            Field("where", "絞り込み", "例：level=full;medium=sns", required=False),
            Field("measure", "測定値", "数値に並ぶ値。例：mean。空は数値そのもの。", required=False),
            Field("system", "システム", "空のときは、動いたシステムごとに測ります。", "choice", required=False, choices_of="system"),
            _ORDER,
        ),
        shown=("clause", "name", "unit", "direction", "figure", "where", "measure"),
    ),
    MasterList(
        "targets", "確保すべき質", "目標値", "年度ごとの目標値です。ないものは「目標値未設定」と印字します。"
        "年度の途中で改めると、期間の末日に有効な値と比べ、変更を印字します。",
        Target,
        (
            Field("indicator", "指標", kind="indicator"), Field("fiscal_year", "年度", "例：2026", "year"),
            Field("system", "システム", "システムごとに目標値が異なるときだけ選びます。", "choice", required=False, choices_of="system"),
        ),
        (Field("value", "目標値", "単位が％の指標は％で書きます。例：99.5", "amount"), Field("status", "合意", kind="status")),
    ),
    MasterList(
        "contract", "契約と報告", "契約の事項", "表紙と本文に印字する名前です。未入力のものは提出を妨げます。", ContractFact,
        (Field("key", "キー", "英小文字・数字・_。後から変えられません。", "code"),),
        (Field("label", "項目"), Field("value", "値", "改行もそのまま印字します。", "long", required=False)),
    ),
    MasterList(
        "closed_days", "契約と報告", "休業日", "土日・祝日・年末年始のほかに、営業日に数えない日です。提出期限の計算に効きます。",
        ClosedDay, (Field("day", "日", "例：2026-11-13", "date"),), (Field("name", "休業の名前", "例：創立記念日"),), "never",
    ),
    MasterList(
        "definitions", "契約と報告", "集計の定義", "報告書の「集計の定義とルール」に印字する文です。", Definition,
        (Field("number", "番号", "例：D1", "number_code"),),
        (Field("name", "数値"), Field("counted", "数え方", kind="long"), Field("left_out", "含めないもの", kind="long", required=False), _ORDER),
        shown=("number", "name", "counted", "left_out"),
    ),
    MasterList(
        "catalogue", "契約と報告", "報告書の構成", "月次報告書のどこに何を置くかです。", CatalogueEntry,
        (Field("place", "場所", "ブロックの固定番号。例：M1-1", "place"),),
        (
            Field("item", "項目", "例：M1", "place"), Field("form", "形", "表・図・文の種類です。", "form"), Field("title", "見出し"),
            Field("unit", "単位", required=False), Field("definitions", "定義", "例：D1,D2", required=False),
            Field("params", "指定", "JSONで書きます。例：{\"kind\": \"people\"}", "json"), _ORDER,
        ),
        fixed={"report": "monthly"}, shown=("place", "form", "title", "definitions"),
    ),
)  # fmt: skip


def find_list(slug: str) -> MasterList:
    """The list with this name in its address. Raises Refusal."""
    for one in LISTS:
        if one.slug == slug:
            return one
    raise Refusal("unknown_list", f"一覧「{slug}」はありません。")


@dataclass(frozen=True)
class Sorted:
    """Rows by when they hold, seen from one moment."""

    in_force: list[Any]
    future: list[Any]
    past: list[Any]


def by_time(rows: Iterable[Any], at: datetime) -> Sorted:
    """In force, still to come, over."""
    found = Sorted([], [], [])
    for row in rows:
        place = found.in_force if holds(row, at) else found.future if row.valid_from > at else found.past
        place.append(row)
    return found


def row_to_change(chosen: MasterList, key: str, at: datetime) -> Any:
    """The row to which a change refers: in force now, else the next, else the last. Raises Refusal."""
    rows = [row for row in chosen.believed() if chosen.key_of(row) == key]
    if not rows:
        raise Refusal("unknown_row", f"「{chosen.title}」に「{key}」はありません。")
    found = by_time(rows, at)
    return (found.in_force or found.future or found.past[::-1])[0]
