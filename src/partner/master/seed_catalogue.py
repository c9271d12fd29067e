"""The shipped catalogue of the monthly report: which tables, charts and texts stand where. Data: all can be changed.

Source: 別紙4 国際協力人材センター事業報告内容一覧, 月次報告書. Row numbers (`n`) and places are permanent.
"""

import json
from typing import Any

ANNEX = "別紙4"
_Block = tuple[str, str, str, str, str, dict[str, Any]]  # place, form, title, unit, definitions, parameters
_Params = dict[str, Any]


def _line(key: str, label: str, n: int, sign: str = "", **more: Any) -> _Params:
    return {"key": key, "label": label, "n": n, "sign": sign, **more}


def _plans(item: str) -> _Block:
    return (f"{item}-P", "plans", "今後の予定", "", "", {})


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
    _plans("M1"),
]
_ORGANIZATIONS: list[_Block] = [
    ("M2-1", "walk", "登録団体数の増減", "団体", "D1,D2", {"kind": "organizations"}),
    ("M2-2", "type_walk", "団体種別の内訳", "団体", "D5", {"kind": "organizations"}),
    _plans("M2"),
]


def _postings(item: str, kind: str, what: str, *, views: bool) -> list[_Block]:
    rows = [
        _line(f"{kind}.open", "前月末公開中", 1, opening=True), _line(f"{kind}.posted", "新規掲載", 2, "＋"),
        _line(f"{kind}.reopened", "再開", 3, "＋"), _line(f"{kind}.live", "当該月に公開", 4, "＝", strong=True),
        _line(f"{kind}.open", "月末公開中", 5, outside=True),
    ]  # fmt: skip
    also: list[_Params] = [{"key": f"{kind}.live", "head": "公開"}, {"key": f"{kind}.open", "head": "月末"}]
    if views:
        rows.append(_line(f"{kind}.views", "アクセス", 6, unit="回", outside=True))
        also.append({"key": f"{kind}.views", "head": "アクセス", "width": 15})
    note = (
        "前月末公開中＋新規掲載＋再開＝当該月に公開。再開は、月初に公開中でも当月の新規掲載でもない件を1件1回数える。"
    )
    split = {"key": f"{kind}.posted", "what": "新規", "also": also}
    multiple: list[_Params] = [{"key": f"{kind}.posted", "by": "all_fields", "head": "延べ", "width": 12}, *also[:2]]
    return [
        (f"{item}-1", "lines", f"{what}の掲載", "件", "D7,D8", {"rows": rows, "notes": [note]}),
        *([(f"{item}-F1", "month_columns", f"{what}の新規掲載", "件／月", "D7", {"key": f"{kind}.posted"})] if views else []),
        (f"{item}-2", "split", "団体種別", "件", "D5,D7", {
            **split, "by": "organization_type", "head": "団体種別", "notes": [f"新規の計は表{item}-1の新規掲載（02a）に一致する。公開は当該月に公開した件数、月末は月末公開中の件数。"]}),
        (f"{item}-3", "split", "分野（主分野）", "件", "D7,D9", {
            **split, "also": multiple, "by": "field", "head": "分野",
            "notes": [f"新規の計は表{item}-1の新規掲載（02a）に一致する。延べは、その他の分野も数えた数で、計とは一致しない。"]}),
        _plans(item),
    ]  # fmt: skip


_CONSULTATIONS: list[_Block] = [
    ("M5-1", "lines", "キャリア相談の実施", "件", "D10,D11", {
        "rows": [
            _line("consultations.in_person", "対面相談", 1), _line("consultations.online", "うちオンライン（Skype等）", 2, indent=True),
            _line("consultations.email", "メール相談", 3, "＋"), _line("consultations.total", "計", 4, "＝", strong=True),
        ],
        "beside": [_line("consultations.cancelled", "キャンセル", 41), _line("consultations.no_show", "欠席", 42)],
        "notes": ["対面相談は、面談とオンラインの計。キャンセルと欠席は件数に含めない。"],
    }),
    ("M5-F1", "month_columns", "キャリア相談の実施", "件／月", "D10", {"key": "consultations.total"}),
    ("M5-2", "lines", "相談サービスアンケートの回収", "項目に併記", "D12", {
        "rows": [
            _line("consultations.survey", "回答完了", 1, unit="件", strong=True),
            _line("consultations.survey", "一部回答", 2, unit="件", measure="partial"),
            _line("consultations.survey", "依頼", 3, unit="件", measure="invited"),
            _line("consultations.survey", "回答率", 4, unit="％", measure="response_rate", style="percent", of="invited"),
        ],
        "notes": ["回答は到着した月に数える。一部回答は集計に含めない。依頼が10件に満たない回答率は示さない（＊）。"],
    }),
    ("M5-3", "measured", "設問別の結果", "件（平均は点）", "D12", {
        "key": "consultations.survey", "by": "question", "head": "設問",
        "columns": [
            _line("consultations.survey", "回答数", 1, style="count"),
            _line("consultations.survey", "平均", 2, measure="mean", style="mean"),
            _line("consultations.survey", "回答数", 3, opening=True),
            _line("consultations.survey", "平均", 4, measure="mean", style="mean", opening=True),
        ],
        "notes": ["平均は5段階の尺度の設問に限る。回答が10件に満たない設問の平均は参考にとどまる。"],
    }),
    _plans("M5"),
]  # fmt: skip
_ACCESS: list[_Block] = [
    ("M6-1", "lines", "閲覧ページ数と訪問者数", "回", "D13,D14", {"rows": [
        _line("access.top.page_views", "トップページの閲覧ページ数（※1）", 1, strong=True),
        _line("access.top.visits", "トップページの訪問者数（※2）", 2, strong=True),
        _line("access.site.page_views", "サイト全体の閲覧ページ数", 3), _line("access.site.visits", "サイト全体の訪問者数", 4),
        _line("access.site.single_page_visits", "うち1ページだけの訪問", 5, indent=True),
    ], "notes": [
        "※1 閲覧ページ数は、ページの表示1回を1と数える。※2 訪問者数は、同じ利用者の30分を超える中断のない閲覧を1と数える。",
    ]}),
    ("M6-F1", "day_columns", "トップページの閲覧ページ数", "回／日", "D13", {"key": "access.top.page_views"}),
    _plans("M6"),
]  # fmt: skip
_SUBSCRIPTIONS: list[_Block] = [
    ("M7-1", "lines", "メールサービス登録者数の増減", "人", "D15", {
        "rows": [
            _line("subscriptions.total", "期首（前月末）", 1, opening=True), _line("subscriptions.new", "新規", 2, "＋"),
            _line("subscriptions.left", "停止", 3, "−"), _line("subscriptions.total", "当月末", 4, "＝", strong=True),
            _line("subscriptions.total", "うち不達", 5, indent=True, measure="bounced"),
        ],
        "each": {"key": "subscriptions.total", "by": "service", "step": 5}, "all": "合計（延べ）", "head": "サービス",
        "notes": ["2つのサービスの両方に登録した者は、合計では2と数える。期首は、年度累計（h列）では前年度末。"],
    }),
    ("M7-F1", "flow_months", "新規と停止の推移", "人／月", "D15", {
        "above": "subscriptions.new", "below": "subscriptions.left", "above_label": "新規", "below_label": "停止"}),
    _plans("M7"),
]  # fmt: skip
_INQUIRIES: list[_Block] = [
    ("M8-1", "lines", "問い合わせの受付と完了", "件", "D16", {"rows": [
        _line("inquiries.open", "前月末の未完了", 1, opening=True), _line("inquiries.received", "受付", 2, "＋"),
        _line("inquiries.reopened", "再開", 3, "＋"), _line("inquiries.closed", "完了", 4, "−"),
        _line("inquiries.open", "月末の未完了", 5, "＝", strong=True), _line("inquiries.answered", "初回回答", 6, outside=True),
    ], "notes": ["統合した問い合わせは完了に含める。迷惑メールは受付に含めない。"]}),
    ("M8-2", "split", "経路", "件", "D16", {
        "key": "inquiries.received", "by": "channel", "head": "経路", "what": "受付",
        "also": [{"key": "inquiries.answered", "head": "回答"}, {"key": "inquiries.open", "head": "未完了"}]}),
    ("M8-3", "split", "分類", "件", "D16", {
        "key": "inquiries.received", "by": "category", "head": "分類", "what": "受付",
        "also": [{"key": "inquiries.answered", "head": "回答"}, {"key": "inquiries.open", "head": "未完了"}]}),
    _plans("M8"),
]  # fmt: skip


def _minutes(measure: str, label: str, n: int, sign: str = "") -> _Params:
    return _line("operations.availability", label, n, sign, measure=measure, style="minutes")


_OPERATIONS: list[_Block] = [
    ("M9-1", "lines", "稼働の内訳", "分（率は％）", "D17", {"rows": [
        _minutes("planned_minutes", "サービス予定時間", 1), _minutes("excluded_minutes", "計画停止及び受託者の責めによらない停止", 2, "−"),
        _minutes("unknown_minutes", "監視の欠測", 3, "−"), _minutes("down_minutes", "計画外停止", 4, "−"),
        _line("operations.availability", "稼働率（％）", 5, style="percent3", strong=True, outside=True),
        _line("operations.availability", "欠測をすべて停止とみなす場合（％）", 6, measure="worst_case", style="percent3", outside=True),
    ], "notes": ["稼働率＝（対象時間−計画外停止）÷対象時間。対象時間は、サービス予定時間から計画停止等と監視の欠測を除いた時間である。"]}),
    ("M9-2", "lines", "停止と保守作業", "項目に併記", "D18", {"rows": [
        _line("operations.outages", "計画外停止", 1, unit="件"),
        _line("operations.downtime_minutes", "計画外停止の時間", 2, unit="分", style="minutes"),
        _line("operations.mttr_minutes", "平均復旧時間", 3, unit="分", style="minutes"),
        _line("operations.maintenance", "保守作業", 4, unit="件"), _line("operations.releases", "リリース", 5, unit="件"),
        _line("operations.backups", "バックアップ", 6, unit="件"), _line("operations.patches", "修正の適用", 7, unit="件"),
        _line("operations.security_events", "セキュリティ事象", 8, unit="件"),
    ]}),
    ("M9-3", "measured", "応答時間", "ミリ秒（割合は％）", "D19", {
        "key": "operations.response_ms", "by": "page_group", "head": "ページの種類", "total": "全体", "width": 19,
        "columns": [
            _line("operations.response_ms", "中央値", 1, measure="p50", style="ms"),
            _line("operations.response_ms", "95％値", 2, style="ms"),
            _line("operations.response_ms", "99％値", 3, measure="p99", style="ms"),
            _line("operations.response_ms", "目標内％", 4, measure="within_target", style="percent", none="no_target"),
            _line("operations.response_ms", "測定数", 5, measure="samples"),
            _line("operations.response_ms", "95％値", 6, style="ms", opening=True),
        ],
    }),
    _plans("M9"),
]  # fmt: skip
_ITEMS: dict[str, tuple[str, str, _Params, list[_Block]]] = {  # title, unit, how the item is summed up, blocks
    "M1": ("人材登録者数", "人", {"kind": "people"}, _PEOPLE),
    "M2": ("団体登録数", "団体", {"kind": "organizations"}, _ORGANIZATIONS),
    "M3": ("求人情報掲載件数", "件", {"headline": "jobs.posted", "cell": "02a", "what": "求人情報の新規掲載"},
           _postings("M3", "jobs", "求人情報", views=True)),
    "M4": ("研修・セミナー情報掲載件数", "件", {"headline": "trainings.posted", "cell": "02a", "what": "研修・セミナー情報の新規掲載"},
           _postings("M4", "trainings", "研修・セミナー情報", views=False)),
    "M5": ("キャリア相談サービス件数", "件", {"headline": "consultations.total", "cell": "04a", "what": "キャリア相談"}, _CONSULTATIONS),
    "M6": ("「PARTNER」トップページアクセス件数", "回", {
        "headline": "access.top.page_views", "cell": "01a", "what": "トップページの閲覧ページ数", "short": "トップページ閲覧ページ数"}, _ACCESS),
    "M7": ("メールサービス登録者数", "人", {"headline": "subscriptions.total", "cell": "04a", "what": "メールサービスの登録者"}, _SUBSCRIPTIONS),
    "M8": ("問い合わせ件数", "件", {"headline": "inquiries.received", "cell": "02a", "what": "問い合わせの受付"}, _INQUIRIES),
    "M9": ("PARTNERシステム運用・保守業務結果", "％", {
        "headline": "operations.availability", "cell": "05a", "what": "稼働率", "short": "稼働率", "style": "percent3",
        "points": "ポイント"}, _OPERATIONS),
}  # fmt: skip


def catalogue() -> list[dict[str, Any]]:
    """What stands where in the monthly report."""
    rows: list[dict[str, Any]] = []
    for number, (item, (title, unit, params, blocks)) in enumerate(_ITEMS.items(), 1):
        heading = {**params, "source": f"{ANNEX} 月次報告書 {number}）"}
        rows.append(_entry(item, item, "item", title, unit, "", heading, number * 100))
        rows += [
            _entry(place, item, form, block, unit_, defined, more, number * 100 + n)
            for n, (place, form, block, unit_, defined, more) in enumerate(blocks, 1)
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
