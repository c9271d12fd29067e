"""Complaints, troubles and leaks: as they were noticed, what was done, when they were over."""

from datetime import date
from typing import Any

from partner.common.calendar import add_business_days
from partner.demo.occasions.diary import Diary, moment
from partner.facts.streams import INCIDENT_NOTES, INCIDENTS

_LABEL = "クレーム・トラブル一覧"
_EMPTY: dict[str, Any] = {
    "occurred_at": None, "told_at": None, "handled_at": None, "affected": None, "inquiry": "", "outline": "", "cause": "", "measures": "",
    "prevention": "", "data_items": "", "people": None, "is_sensitive": "", "is_wrongful": "", "is_property": "", "secondary": "",
    "persons_told": "", "publication": "", "other": "",
}  # fmt: skip
# number, kind, severity, title, occurred, noticed, handled (None: still open), affected, outline, cause, measures, prevention
_CASES: tuple[tuple[Any, ...], ...] = (
    ("T24-1", "complaint", "minor", "相談予約の案内が届かない", date(2024, 7, 8), date(2024, 7, 9), date(2024, 7, 11), 1,
     "予約を確認するメールが届かないとの申し出があった。", "迷惑メールの振り分けによる。",
     "電話で予約を伝え、再送した。", "案内に振り分けの確かめ方を加えた。"),
    ("T24-2", "trouble", "medium", "求人情報の締切の表示の誤り", date(2024, 12, 2), date(2024, 12, 4), date(2024, 12, 6), 14,
     "14件の求人で、締切の日が1日早く表示された。", "時刻の扱いの誤りによる。", "表示を直し、掲載団体に知らせた。", "締切の時刻の試験を加えた。"),
    ("T25-1", "complaint", "minor", "催しの受付での待ち時間", date(2025, 6, 28), date(2025, 6, 28), date(2025, 7, 2), 30,
     "開始前の受付に列ができ、30人ほどが待った。", "受付の窓口が1つであったことによる。",
     "参加者に詫び、次の催しの受付を見直した。", "受付を2つにし、事前の入場券を送る。"),
    ("T25-2", "trouble", "serious", "検索の結果の一部が表示されない", date(2025, 8, 1), date(2025, 8, 4), date(2025, 9, 16), 4200,
     "分野を2つ以上選んだ検索で、該当する求人の一部が表示されなかった。", "索引の更新の誤りによる。", "索引を作り直し、影響のあった掲載団体に知らせた。",
     "索引と元の記録の件数を毎日比べる。"),
    ("T26-2", "complaint", "minor", "問い合わせへの回答の遅れ", date(2026, 9, 28), date(2026, 10, 5), date(2026, 10, 7), 1,
     "問い合わせへの回答が5営業日を過ぎたとの申し出があった。", "担当の引継ぎの漏れによる。", "回答し、詫びた。", "未回答の一覧を毎朝確かめる。"),
    ("T26-3", "trouble", "medium", "メール配信の重複", date(2026, 11, 13), date(2026, 11, 16), None, 310,
     "PARTNERニュースが、登録者の一部に2通届いた。", "調査中である。", "", ""),
)  # fmt: skip
# Leaks carry the items of the law beside.
_LEAKS: tuple[tuple[Any, ...], ...] = (
    ("T25-3", "medium", "案内メールの宛先の誤り", date(2025, 12, 3), date(2025, 12, 3), date(2025, 12, 12), 3,
     "相談の案内を、別の相談者に送った。3人のメールアドレスと予約の日時が、1人に見えた。", "宛先の選び間違いによる。",
     "受け取った人に削除を頼み、削除を確かめた。",
     "宛先を2人で確かめる。", "メールアドレス、予約の日時", "no", "no", "no", ""),
    ("T26-1", "serious", "掲載団体の画面での応募者一覧の誤表示", date(2026, 3, 2), date(2026, 5, 18), date(2026, 6, 12), 140,
     "応募者の一覧が、同じ法人の別の担当の画面に表示されていた。前の問い合わせを見直して分かった。", "権限の設定の誤りによる。",
     "表示を止め、見た人に確かめ、本人に知らせた。", "権限の変更に2人の確認を要することとした。", "氏名、応募した求人", "no", "no", "no", "Q000050"),
)  # fmt: skip
_NOTES: dict[str, tuple[tuple[date, str], ...]] = {
    "T25-2": (
        (date(2025, 8, 5), "機構に第一報を行い、検索画面に注意の表示を出した。"), (date(2025, 8, 18), "索引の作り直しを試験環境で始めた。"),
        (date(2025, 9, 1), "本番の索引の半分を作り直した。残りの見込みは2週間。"), (date(2025, 9, 12), "すべての索引を作り直し、件数を確かめた。"),
    ),
    "T26-1": (
        (date(2026, 5, 18), "前の問い合わせを見直し、漏えいのおそれを知った。表示を止めた。"), (date(2026, 5, 20), "対象の本人の数を140人と確かめた。"),
        (date(2026, 5, 29), "本人への通知を終えた。"),
    ),
    "T26-3": ((date(2026, 11, 17), "重複して届いた登録者の数を310人と確かめた。"), (date(2026, 11, 24), "配信の記録を調べている。"),),
}  # fmt: skip


def write(diary: Diary, seed: int, scale: float) -> None:
    """All of them; an invented Centre's troubles depend on neither chance nor size."""
    for number, kind, severity, title, occurred, noticed, handled, affected, *texts in _CASES:
        case = {"number": number, "kind": kind, "severity": severity, "title": title}
        _tell(diary, case, occurred, noticed, handled, affected, texts, {})
    for number, severity, title, occurred, noticed, handled, people, *rest in _LEAKS:
        texts, (items, sensitive, wrongful, property_, inquiry) = rest[:4], rest[4:]
        case = {"number": number, "kind": "leak", "severity": severity, "title": title, "inquiry": inquiry}
        law = {
            "data_items": items, "people": people, "is_sensitive": sensitive, "is_wrongful": wrongful, "is_property": property_,
            "secondary": "確かめられていない。", "persons_told": "全員に、経緯と対処を知らせた。", "publication": "公表していない。",
        }  # fmt: skip
        _tell(diary, case, occurred, noticed, handled, people, texts, law)
    for number, notes in (_NOTES | _short_notes()).items():
        for n, (day, text) in enumerate(notes):
            diary.tell(
                INCIDENT_NOTES, "クレーム・トラブルの経過", day, f"{number}/{n}", incident=number,
                happened_at=moment(day, 15), text=text,
            )  # fmt: skip


def _short_notes() -> dict[str, tuple[tuple[date, str], ...]]:
    """What was done about the small ones, that were over within days."""
    return {
        number: ((add_business_days(noticed, 1), "申出と記録を照らし合わせた。"), (handled, measures))
        for number, _, _, _, _, noticed, handled, _, _, _, measures, _ in _CASES
        if handled is not None and number not in _NOTES
    }


def _tell(
    diary: Diary, case: dict[str, Any], occurred: date, noticed: date, handled: date | None, affected: int, texts: list[str],
    law: dict[str, Any],
) -> None:  # fmt: skip
    """Told on the day it was noticed (a business day), to JICA on the next; what is known grows until it is over."""
    outline, cause, measures, prevention = texts
    first = add_business_days(noticed, 0 + 1) if noticed.weekday() >= 5 else noticed
    before = moment(occurred, 9)
    diary.tell(
        INCIDENTS, _LABEL, first, case["number"], **{**_EMPTY, **case, "occurred_at": before, "noticed_at": moment(noticed, 11), "outline": outline},
    )  # fmt: skip
    told = add_business_days(noticed, 1)
    known = {name: law[name] for name in ("data_items", "people") if name in law}
    diary.tell(
        INCIDENTS,
        _LABEL,
        told,
        case["number"],
        told_at=moment(told, 10),
        affected=affected,
        cause="調査中である。",
        **known,
    )
    if handled is not None:
        diary.tell(
            INCIDENTS, _LABEL, handled, case["number"], handled_at=moment(handled, 15), cause=cause, measures=measures,
            prevention=prevention, **law,
        )  # fmt: skip
