"""The sheet of survey answers."""

from collections.abc import Iterator, Mapping
from typing import Any

from partner.facts.intake.kinds.declare import KEY, WITHDRAWN, Column, Kind, event_number
from partner.facts.models.surveys import SurveyState as K
from partner.facts.streams import SURVEY_ANSWERS

_ANSWERS = frozenset({K.PARTIAL, K.COMPLETED})
_HIGHEST = 32767  # that the ledger's column holds


def _fill(members: dict[str, Any]) -> None:
    """The subject is the response within its survey (and event); an answer whose code ends in a number is a score on a scale."""
    about = f"{members['survey']}/{members['event']}" if members["event"] else members["survey"]
    members["subject"] = f"{about}:{members['subject']}"
    last = members["answer"].rpartition(".")[2]
    members["score"] = int(last) if last.isdecimal() and int(last) <= _HIGHEST else None


def _check(read: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    if read["question"] and not read["answer"]:
        yield "missing_value", "答えのない設問の行は書かないでください。", "answer"


SURVEY_ANSWER = Kind(
    "survey_answers",
    "アンケートの回答",
    (
        KEY,
        Column("survey", "調査", "どの調査か。", True, "code", list="survey"),
        Column("version", "版", "調査票の版。", limit=20),
        event_number("催しについての調査（No.6〜8）のとき、その催し。", required=False),
        Column("response", "回答番号", "回答1通ごとの番号。個人の番号は書かない。", True, "number", limit=19, field="subject"),
        Column("state", "状態", "依頼、一部回答、回答完了。", True, "choice", choices=tuple(K.choices), field="kind"),
        Column("happened_at", "回答日時", "回答が届いた日時。依頼では依頼した日時。", True, "moment"),
        Column(
            "question", "設問", "その調査の設問のコードか名称。依頼では書かない。", type="code", list="survey_question",
            allowed=_ANSWERS, under="survey",
        ),
        Column(
            "answer", "回答", "選んだ答えのコードか名称（5段階は1〜5）。自由記述は「記入あり」とだけ書く。", type="code",
            list="survey_answer", allowed=_ANSWERS, under="question",
        ),
        WITHDRAWN,
    ),
    SURVEY_ANSWERS,
    event="state",
    check=_check,
    fill=_fill,
    spell=lambda fact: {"response": fact.subject.partition(":")[2]},
    rules=(
        "1行に1つの設問への回答を書く。同じ回答番号の行は、版と状態と回答日時を同じにする。",
        "回答が届いた月に数える。一部回答は集計に入れず、別に示す。",
        "自由記述は、個人が分かることがあるため取り込まない。書かれていたことだけを記録する。",
        "設問と答えの一覧はマスターの「設問」「設問の答え」にある。一覧にない設問と答えは取り込めない。",
    ),
)  # fmt: skip
