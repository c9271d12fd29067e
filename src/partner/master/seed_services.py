"""Shipped lists of the Centre's own events, its surveys, its incidents and its expenses. Data: all can be changed."""

from typing import Any

from partner.master.seed import ASSUMED

_Entry = tuple[str, str, str]  # code, label, label in English

_LISTS: dict[str, list[_Entry]] = {
    "event_category": [
        ("seminar", "国際協力人材セミナー", "Seminar"), ("fair", "相談会・説明会", "Fair, briefing"),
        ("workshop", "講座・ワークショップ", "Workshop"), ("other", "その他", "Other"),
    ],
    "event_form": [("face_to_face", "対面", "Face to face"), ("online", "オンライン", "Online"), ("hybrid", "併用", "Both")],
    "participant_kind": [
        ("full", "国際協力人材", "Registered personnel"), ("simple", "簡易登録人材", "Simple registration"),
        ("student", "学生（未登録）", "Students"), ("public", "一般（未登録）", "Public"),
        ("organization", "団体の担当者", "Organisations"), ("other", "その他", "Other"),
    ],
    "remark_category": [
        ("praise", "評価", "Praise"), ("wish", "要望", "Wishes"), ("fault", "改善すべき点", "Faults"), ("question", "質問", "Questions"),
        ("other", "その他", "Other"),
    ],
    "incident_severity": [
        ("minor", "軽微", "Minor"), ("medium", "中", "Medium"), ("serious", "重大", "Serious"), ("critical", "極めて重大", "Critical"),
    ],
    "expense_item": [
        ("personnel", "人件費", "Personnel"), ("system", "システム運用・保守費", "System"), ("event", "セミナー等実施費", "Events"),
        ("publicity", "広報費", "Publicity"), ("survey", "調査費", "Surveys"), ("travel", "旅費", "Travel"),
        ("general", "一般管理費", "General administration"), ("other", "その他", "Other"),
    ],
}  # fmt: skip
# Survey → its questions: code, label; on a scale of five, with the choices of its own, or in free text (none).
_SCALE: list[_Entry] = [
    ("5", "5（最もよい）", "5 (best)"), ("4", "4", "4"), ("3", "3", "3"), ("2", "2", "2"), ("1", "1（最もよくない）", "1 (worst)"),
]  # fmt: skip
_GIVEN: list[_Entry] = [("given", "記入あり", "Given")]
_OFTEN: list[_Entry] = [
    ("weekly", "週1回以上", "Weekly"), ("monthly", "月1回以上", "Monthly"), ("yearly", "年1回以上", "Yearly"), ("first", "初めて", "First time"),
]  # fmt: skip
_WHO: list[_Entry] = [
    ("student", "学生", "Student"), ("worker", "就業中", "Working"), ("seeker", "求職中", "Seeking work"), ("other", "その他", "Other"),
]  # fmt: skip
_Question = tuple[str, str, str, list[_Entry]]
_EVENT: list[_Question] = [
    ("q1", "催し全体の満足度", "Satisfaction", _SCALE), ("q2", "内容の分かりやすさ", "Clarity", _SCALE), ("q3", "進行・運営", "Running", _SCALE),
    ("q4", "国際協力に関わる意欲", "Will to take part", _SCALE), ("q5", "参加者の立場", "Position", _WHO), ("q6", "意見（自由記述）", "Remarks", _GIVEN),
]  # fmt: skip
_QUESTIONS: dict[str, list[_Question]] = {
    "no1": [
        ("q1", "PARTNER全体の満足度", "Satisfaction", _SCALE), ("q2", "掲載のしやすさ", "Ease of posting", _SCALE),
        ("q3", "応募者の適合度", "Fit of applicants", _SCALE), ("q4", "センターの対応", "Service", _SCALE),
        ("q5", "利用の頻度", "Frequency", _OFTEN), ("q6", "意見（自由記述）", "Remarks", _GIVEN),
    ],
    "no2": [
        ("q1", "PARTNER全体の満足度", "Satisfaction", _SCALE), ("q2", "求人情報の充実", "Job information", _SCALE),
        ("q3", "検索のしやすさ", "Ease of search", _SCALE), ("q4", "メールサービスの役立ち", "Mail services", _SCALE),
        ("q5", "利用の頻度", "Frequency", _OFTEN), ("q6", "意見（自由記述）", "Remarks", _GIVEN),
    ],
    "no6": _EVENT, "no7": _EVENT, "no8": _EVENT,
    "no11": [
        ("q1", "業務全体の満足度", "Satisfaction", _SCALE), ("q2", "報告の的確さ", "Reports", _SCALE), ("q3", "対応の速さ", "Speed", _SCALE),
        ("q4", "提案の有用さ", "Proposals", _SCALE), ("q5", "意見（自由記述）", "Remarks", _GIVEN),
    ],
}  # fmt: skip


def codes() -> list[dict[str, Any]]:
    """The code lists, the questions of each survey and the answers to each question."""
    rows = [_row(name, n, *entry) for name, entries in _LISTS.items() for n, entry in enumerate(entries, 1)]
    place = 100  # after the questions that were shipped first
    for survey, questions in _QUESTIONS.items():
        for code, label, english, answers in questions:
            place += 1
            question = f"{survey}.{code}"
            rows.append(_row("survey_question", place, question, label, english))
            rows += [
                _row("survey_answer", place * 10 + n, f"{question}.{end}", _named(label, said), in_english)
                for n, (end, said, in_english) in enumerate(answers, 1)
            ]
    return rows


def _named(question: str, answer: str) -> str:
    """An answer on the scale stands in one list with those to other questions: it says to which it belongs."""
    return f"{question} {answer}"


def _row(name: str, position: int, code: str, label: str, english: str) -> dict[str, Any]:
    return {
        "list": name,
        "code": code,
        "label": label,
        "label_en": english,
        "position": position * 10,
        "source": ASSUMED,
    }
