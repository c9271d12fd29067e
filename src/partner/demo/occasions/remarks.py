"""What people wrote in free text. Each was looked at for personal data and coded by someone of the office."""

import random
from datetime import date, timedelta
from typing import Any

from partner.common.calendar import add_business_days
from partner.demo.occasions.diary import Diary, moment
from partner.facts.streams import SURVEY_REMARKS

_LABEL = "アンケート自由記述"
_TEXTS = {
    "praise": (
        "実際に働いている人の話を聞けて、進路を考える助けになった。",
        "相談員の助言が具体的で分かりやすかった。",
        "運営が丁寧で、時間どおりに進んだ。",
    ),
    "wish": (
        "地方でも同じような催しを開いてほしい。",
        "資料を事前に読めるとよい。",
        "分野ごとの必要な経験を、もっと詳しく知りたい。",
    ),
    "fault": ("座談会の時間が短く、質問ができなかった。", "音声が聞き取りにくい時間があった。"),
    "question": ("登録した後、どのくらいで求人の案内が届くのか。",),
    "other": ("家族にも紹介したい。",),
}
_QUESTION = {"no11": "no11.q5"}


def write(diary: Diary, asked: Any, rng: random.Random) -> None:
    """A dozen remarks or fewer; those of the last weeks are not looked at yet."""
    for n in range(min(12, 3 + asked.people // 12)):
        category = rng.choices(tuple(_TEXTS), (38, 30, 18, 8, 6))[0]
        day = asked.opens + timedelta(days=rng.randint(0, min(4, (asked.closes - asked.opens).days)))
        name, told = f"{asked.survey}/{asked.event}/{asked.version}/{n}", add_business_days(day, 1)
        diary.tell(
            SURVEY_REMARKS, _LABEL, told, name, survey=asked.survey, event=asked.event, happened_at=moment(day),
            question=_QUESTION.get(asked.survey, f"{asked.survey}.q6"), text=rng.choice(_TEXTS[category]), category="", is_checked=False,
        )  # fmt: skip
        looked_at = add_business_days(told, 1)
        if not (asked.event == "E26-4" and n == 0 and date(2026, 11, 1) <= told):  # one that still waits
            diary.tell(SURVEY_REMARKS, _LABEL, looked_at, name, category=category, is_checked=True)
