"""The sheet of remarks in free text."""

from partner.facts.intake.kinds.declare import KEY, WITHDRAWN, Column, Kind, event_number, texts_without_contacts
from partner.facts.streams import SURVEY_REMARKS

SURVEY_REMARK = Kind(
    "survey_remarks",
    "アンケートの自由記述",
    (
        KEY,
        Column("survey", "調査", "どの調査か。", True, "code", list="survey"),
        event_number("催しについての調査（No.6〜8）のとき、その催し。", required=False),
        Column("happened_at", "回答日", "", True, "moment"),
        Column("question", "設問", "", type="code", list="survey_question", under="survey"),
        Column("text", "記述", "書かれたまま。個人が分かるところは伏せる。", True, "plain", limit=2000, wide=True),
        Column("category", "分類", "読んだ人が付ける。", type="code", list="remark_category"),
        Column("is_checked", "個人情報の確認", "個人が分からないことを確かめたら「確認済」。", type="choice", choices=(("1", "確認済"),)),
        WITHDRAWN,
    ),
    SURVEY_REMARKS,
    at="happened_at",
    check=texts_without_contacts("text"),
    fill=lambda members: members.update(is_checked=bool(members["is_checked"])),
    rules=("1行に1つの記述を書く。回答番号は書かない。確認済でない記述は、報告書に載らない。",),
    covers=False,
)  # fmt: skip
