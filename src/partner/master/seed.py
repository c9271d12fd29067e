"""The shipped lists, definitions and catalogue, recorded at the ledger's origin. Data, not constants: all can be changed.

Sources: 別紙4 国際協力人材センター事業報告内容一覧; where that is silent, the default is marked 要確認.
"""

import json
from typing import Any

_Block = tuple[str, str, str, str, str, dict[str, Any]]  # place, form, title, unit, definitions, parameters

ASSUMED = "初期値（要確認）"
ANNEX = "別紙4"

_COLUMNS = {
    "person_column": [("full", "国際協力人材", "International cooperation personnel"), ("simple", "簡易登録人材", "Simple registration")],
    "organization_column": [("full", "国際協力団体", "International cooperation organisation"), ("simple", "簡易登録団体", "Simple registration")],
}  # fmt: skip
_LISTS = {
    "organization_type": [
        ("jica", "JICA", "JICA"), ("international", "国際機関", "International organisation"),
        ("government", "政府機関・独立行政法人", "Government, incorporated agency"),
        ("municipality", "地方自治体", "Local government"), ("university", "大学・教育研究機関", "University, research"),
        ("ngo", "NGO・NPO", "NGO, NPO"), ("public_corporation", "公益・一般法人", "Public interest corporation"),
        ("consultant", "開発コンサルティング企業", "Development consultant"), ("company", "民間企業", "Private company"),
        ("other", "その他", "Other"),
    ],
    "contact_medium": [
        ("search", "インターネット検索", "Internet search"), ("jica_web", "JICAウェブサイト", "JICA website"),
        ("referral", "知人・所属先の紹介", "Referral"), ("seminar", "国際協力人材セミナー等", "Seminar"),
        ("university", "大学・教育機関", "University"), ("sns", "SNS", "Social media"),
        ("press", "新聞・雑誌", "Newspaper, magazine"), ("other", "その他", "Other"),
    ],
    "registration_purpose": [
        ("job", "求職", "Job search"), ("information", "情報収集", "Information"),
        ("training", "研修・セミナー", "Training, seminars"), ("consultation", "キャリア相談", "Career consultation"),
        ("jica_recruitment", "JICA公募への応募", "JICA recruitment"), ("other", "その他", "Other"),
    ],
}  # fmt: skip
_LEVELS = {
    "person_level": [("full", "国際協力人材", "full"), ("simple", "簡易登録人材", "simple")],
    "organization_level": [("full", "国際協力団体", "full"), ("simple", "簡易登録団体", "simple")],
}


def codes() -> list[dict[str, Any]]:
    """The code lists: report columns, levels, organisation types, media, purposes."""
    rows = [
        {"list": name, "code": code, "label": label, "label_en": english, "position": n * 10, "source": source}
        for lists, source in ((_COLUMNS, ANNEX), (_LISTS, ASSUMED))
        for name, entries in lists.items()
        for n, (code, label, english) in enumerate(entries, 1)
    ]
    rows += [
        {"list": name, "code": code, "label": label, "reported_as": column, "position": n * 10, "source": ANNEX}
        for name, entries in _LEVELS.items()
        for n, (code, label, column) in enumerate(entries, 1)
    ]
    return rows


def contract_facts() -> list[dict[str, Any]]:
    """What papers print of the contract; an empty value is a thing the Centre must fill in."""
    entries = [
        ("addressee", "宛先", "独立行政法人国際協力機構\n監督職員　殿"),
        ("client", "発注者", "独立行政法人国際協力機構"),
        ("centre", "センターの名称", "国際協力人材センター"),
        ("portal", "ポータルの名称", "PARTNER"),
        ("work_title", "業務名", "国際協力人材センター運営業務"),
        ("contract_title", "契約件名", ""),
        ("contractor", "受託事業者", ""),
        ("responsible", "業務責任者", "業務責任者（記名は「承認の記録」による）"),
        ("annex", "報告内容の根拠", ANNEX),
        ("fictional", "架空である旨の表示", ""),
    ]
    return [{"key": key, "label": label, "value": value, "source": ASSUMED} for key, label, value in entries]


def definitions() -> list[dict[str, Any]]:
    """How each figure is counted, as printed in 集計の定義とルール."""
    entries = [
        ("D1", "全登録者数・全登録団体数", "月末24:00に有効な登録の数。1人（1団体）を1と数える。停止中の登録を含む。", "審査中の申請、退会、抹消、統合された登録"),
        ("D2", "新規・退会・区分変更", "月内に始まった登録、終わった登録、区分が変わった登録の数。日付だけの異動はその日の0:00とし、登録、変更、退会の順に扱う。", "再登録は新規に含め、内数で示す。統合・抹消は退会に含める"),
        ("D3", "接触媒体", "登録時の申告による。1登録に1つ。申告のないものは未回答とする。", ""),
        ("D4", "登録目的", "新規は登録時の申告、全登録者は月末現在の申告による。複数回答を延べで数える。", "延べ計は人数と一致しない"),
        ("D5", "団体種別", "新規・退会はその時点、全登録団体は月末現在の種別による。", ""),
        ("D6", "審査中の申請", "月末24:00に登録にも却下にもなっていない申請の数。", "全登録者数・全登録団体数に含めない"),
    ]  # fmt: skip
    return [
        {"number": number, "name": name, "counted": counted, "left_out": left_out, "position": n * 10, "source": ASSUMED}
        for n, (number, name, counted, left_out) in enumerate(entries, 1)
    ]  # fmt: skip


_PEOPLE: list[_Block] = [
    ("M1-1", "walk", "登録者数の増減", "人", "D1,D2", {"kind": "people"}),
    ("M1-F1", "flow_chart", "新規登録と退会の推移", "人／月", "D2", {"kind": "people"}),
    ("M1-2", "breakdown", "接触媒体（1人1つ）", "人", "D3", {"kind": "people", "by": "medium", "head": "接触媒体"}),
    (
        "M1-3",
        "multiple",
        "登録目的（複数回答、延べ）",
        "人",
        "D4",
        {"kind": "people", "by": "purpose", "head": "登録目的"},
    ),
    ("M1-F2", "level_chart", "区分別の月末登録者数", "人", "D1", {"kind": "people"}),
    ("M1-P", "plans", "今後の予定", "", "", {}),
]
_ORGANIZATIONS: list[_Block] = [
    ("M2-1", "walk", "登録団体数の増減", "団体", "D1,D2", {"kind": "organizations"}),
    ("M2-2", "type_walk", "団体種別の内訳", "団体", "D5", {"kind": "organizations"}),
    ("M2-P", "plans", "今後の予定", "", "", {}),
]
_TO_COME: dict[str, list[tuple[str, str, str]]] = {
    "M3": [("jobs.posted", "求人情報の新規掲載", "件"), ("jobs.live", "当該月に公開した求人", "件"), ("jobs.views", "求人情報へのアクセス", "回")],
    "M4": [("trainings.posted", "研修・セミナー情報の新規掲載", "件"), ("trainings.live", "当該月に公開した研修・セミナー", "件")],
    "M5": [("consultations.in_person", "対面相談", "件"), ("consultations.online", "うちオンライン（Skype等）相談", "件"), ("consultations.email", "メール相談", "件"), ("consultations.survey", "相談サービスアンケートの回答", "件")],
    "M6": [("access.top.page_views", "トップページの閲覧ページ数", "回"), ("access.top.visits", "トップページの訪問者数", "回"), ("access.site.page_views", "サイト全体の閲覧ページ数", "回"), ("access.site.visits", "サイト全体の訪問者数", "回")],
    "M7": [("subscriptions.total", "メールサービスの全登録者", "人"), ("subscriptions.new", "メールサービスの新規登録者", "人")],
    "M8": [("inquiries.received", "問い合わせの受付", "件"), ("inquiries.answered", "問い合わせへの回答", "件"), ("inquiries.open", "月末の未完了", "件")],
    "M9": [("operations.availability", "稼働率", "％"), ("operations.outages", "計画外停止", "回"), ("operations.maintenance", "保守作業", "件")],
}  # fmt: skip
_ITEMS = {
    "M1": "人材登録者数", "M2": "団体登録数", "M3": "求人情報掲載件数", "M4": "研修・セミナー情報掲載件数",
    "M5": "キャリア相談サービス件数", "M6": "「PARTNER」トップページアクセス件数", "M7": "メールサービス登録者数",
    "M8": "問い合わせ件数", "M9": "PARTNERシステム運用・保守業務結果",
}  # fmt: skip
_KINDS = {"M1": "people", "M2": "organizations"}
_UNITS = {"M1": "人", "M2": "団体", "M6": "回", "M7": "人", "M9": "％"}


def catalogue() -> list[dict[str, Any]]:
    """What stands where in the monthly report."""
    rows: list[dict[str, Any]] = []
    for number, (item, title) in enumerate(_ITEMS.items(), 1):
        if item in _KINDS:
            params: dict[str, Any] = {"kind": _KINDS[item]}
            blocks: list[_Block] = _PEOPLE if item == "M1" else _ORGANIZATIONS
        else:
            keys = [{"key": key, "label": label, "unit": unit} for key, label, unit in _TO_COME[item]]
            params = {"headline": _TO_COME[item][0][0]}
            blocks = [
                (f"{item}-1", "headline", "主な数値", "項目に併記", "", {"rows": keys}),
                (f"{item}-P", "plans", "今後の予定", "", "", {}),
            ]
        params["source"] = f"{ANNEX} 月次報告書 {number}）"
        rows.append(_entry(item, item, "item", title, _UNITS.get(item, "件"), "", params, number * 100))
        rows += [
            _entry(place, item, form, block, unit, definitions, more, number * 100 + n)
            for n, (place, form, block, unit, definitions, more) in enumerate(blocks, 1)
        ]
    return rows


def _entry(
    place: str, item: str, form: str, title: str, unit: str, defined: str, params: Any, position: int
) -> dict[str, Any]:
    return {
        "report": "monthly", "place": place, "item": item, "form": form, "title": title, "unit": unit,
        "definitions": defined, "position": position, "source": ANNEX,
        "params": json.dumps(params, ensure_ascii=False, sort_keys=True),
    }  # fmt: skip
