"""The sheet of survey answers."""

from collections.abc import Iterator, Mapping
from typing import Any

from partner.facts.intake.kinds.declare import KEY, WITHDRAWN, Column, Kind
from partner.facts.models.surveys import SurveyState as K
from partner.facts.streams import SURVEY_ANSWERS

_ANSWERS = frozenset({K.PARTIAL, K.COMPLETED})
_SCALE = frozenset("12345")


def _fill(members: dict[str, Any]) -> None:
    """The subject is the response within its survey; an answer on the scale is a score too."""
    members["subject"] = f"{members['survey']}:{members['subject']}"
    members["score"] = int(members["answer"]) if members["answer"] in _SCALE else None


def _check(read: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    if read["question"] and not read["question"].startswith(f"{read['survey']}."):
        yield "unknown_code", "この調査にない設問です。", "question"
    if read["answer"] and not read["question"]:
        yield "missing_value", "回答に設問がありません。", "question"


SURVEY_ANSWER = Kind(
    "survey_answers",
    "アンケートの回答",
    (
        KEY,
        Column("survey", "調査", "どの調査か。", True, "code", list="survey"),
        Column("version", "版", "調査票の版。", limit=20),
        Column("response", "回答番号", "回答1通ごとの番号。個人の番号は書かない。", True, "number", limit=19, field="subject"),
        Column("state", "状態", "依頼、一部回答、回答完了。", True, "choice", choices=tuple(K.choices), field="kind"),
        Column("happened_at", "回答日時", "回答が届いた日時。依頼では依頼した日時。", True, "moment"),
        Column("question", "設問", "設問のコードか名称。依頼では書かない。", type="code", list="survey_question", allowed=_ANSWERS),
        Column("answer", "回答", "選んだ答えのコード。5段階は1〜5。自由記述は書かない。", limit=40, allowed=_ANSWERS),
        WITHDRAWN,
    ),
    SURVEY_ANSWERS,
    event="state",
    check=_check,
    fill=_fill,
    rules=(
        "1行に1つの設問への回答を書く。同じ回答番号の行は、状態と回答日時を同じにする。",
        "回答が届いた月に数える。一部回答は集計に入れず、別に示す。",
        "自由記述は、個人が分かることがあるため取り込まない。",
    ),
)  # fmt: skip
