"""The shipped catalogue of the incident report (その他), its settings and definitions. Data: all can be changed.

Items: T1 what happened, T2 its times, T3 its course, T4 cause and measures, T5 a leak's items and clocks.
"""

import json
from typing import Any

from partner.master.seed import ANNEX, ASSUMED

_SOURCE = f"{ANNEX} その他（クレーム・トラブル）"
_BLOCKS: tuple[tuple[str, str, str, str, str, dict[str, Any]], ...] = (
    ("T1", "T1", "incident_outline", "事案の概要", "", {"source": _SOURCE}),
    ("T2", "T2-1", "incident_times", "時刻と期限", "D41", {}),
    ("T3", "T3-1", "incident_course", "経過", "", {}),
    ("T4", "T4", "incident_texts", "原因・対処・再発防止", "", {}),
    ("T5", "T5", "incident_leak", "個人情報の漏えい等", "D42", {}),
)


def catalogue() -> list[dict[str, Any]]:
    """What stands where in an incident's reports."""
    return [
        {
            "report": "incident", "place": place, "item": item, "form": form, "title": title, "unit": "", "definitions": defined,
            "position": n * 100, "source": ANNEX, "params": json.dumps(params, ensure_ascii=False, sort_keys=True),
        }
        for n, (item, place, form, title, defined, params) in enumerate(_BLOCKS, 1)
    ]  # fmt: skip


def contract_facts() -> list[dict[str, Any]]:
    """Business days of the contract's own reports; the law's numbers for a leak."""
    entries = [
        ("incident_tell_days", "事案の第一報の期限（知った日の後の営業日数）", "1"),
        ("incident_interim_days", "事案の中間報告の間隔（営業日数）", "10"),
        ("incident_full_days", "事案の完了報告の期限（対処の後の営業日数）", "3"),
        ("leak_people", "漏えい等の報告を要する人数（これを超えるとき）", "100"),
        ("leak_first_from", "漏えい等の速報の目安（日数、から）", "3"),
        ("leak_first_until", "漏えい等の速報の期限（日数、まで）", "5"),
        ("leak_final", "漏えい等の確報の期限（日数）", "30"),
        ("leak_final_wrongful", "不正の目的のおそれがあるときの確報の期限（日数）", "60"),
    ]
    return [{"key": key, "label": label, "value": value, "source": ASSUMED} for key, label, value in entries]


def definitions() -> list[dict[str, Any]]:
    """How incidents are counted and timed, as printed in 集計の定義とルール."""
    entries = [
        ("D40", "クレーム・トラブル", "受付は知った日時、対処は対処を終えた日時で数える。対処中は、期間の末日24:00に対処を終えていない数である。発生が前の期間でも、知った期間に数える。", "迷惑とした問い合わせ"),
        ("D41", "事案の時刻と期限", "経過時間は知った日時から（完了報告は対処を終えた日時から）の暦の時間、営業日はその翌日を1とした営業日の数である。期限は、その営業日の17:00とする。", "提出前の報告（提出の記録による）"),
        ("D42", "個人情報の漏えい等", "要配慮個人情報を含むもの、財産的被害のおそれがあるもの、不正の目的のおそれがあるもの（いずれも1人から）、又は本人の数が設定値を超えるものを、報告を要するものとする。期限は知った日を1日目として数える。", "確認が済むまでは、要するものとして期限を数える"),
    ]  # fmt: skip
    return [
        {"number": number, "name": name, "counted": counted, "left_out": left_out, "position": n * 10, "source": ASSUMED}
        for n, (number, name, counted, left_out) in enumerate(entries, 40)
    ]  # fmt: skip
