"""Names that nobody bears: made of syllables and of words that say they are samples."""

import random

_FAMILY = ("架空", "見本", "例示", "仮名", "想定", "例田", "仮設", "模擬", "試作", "空想", "仮想", "作例", "試例")
_GIVEN_1 = ("一", "二", "三", "千", "光", "明", "和", "正", "春", "夏", "秋", "冬", "東", "西", "南", "北")
_GIVEN_2 = ("太", "郎", "子", "美", "人", "香", "平", "世", "代", "也", "恵", "斗", "奈", "江", "彦", "乃")
_TOWNS = ("例示町", "見本町", "仮名町", "想定町", "模擬町", "試作町")
_FIELDS = (
    "教育",
    "保健",
    "水資源",
    "農業",
    "環境",
    "防災",
    "交通",
    "情報",
    "漁業",
    "都市",
    "平和",
    "資源",
    "福祉",
    "森林",
)
_BODIES = {
    "jica": ("架空機構センター", "架空機構事務所"),
    "international": ("国際機関", "国際事務所"),
    "government": ("庁", "独立行政法人"),
    "municipality": ("市役所", "町役場", "県庁"),
    "university": ("大学", "研究所", "大学院大学"),
    "ngo": ("ネットワーク", "支援の会", "友の会", "ＮＰＯ"),
    "public_corporation": ("協会", "財団", "振興会"),
    "consultant": ("コンサルタンツ", "設計", "技術調査"),
    "company": ("商事", "工業", "システムズ", "製作所"),
    "other": ("懇話会", "連絡会"),
}
_WITHOUT_FIELD = ("jica", "municipality")


def person(rng: random.Random, number: int) -> tuple[str, str, str]:
    """Name, address and mail of a person who does not exist."""
    name = f"{rng.choice(_FAMILY)} {rng.choice(_GIVEN_1)}{rng.choice(_GIVEN_2)}"
    return name, _address(rng), f"sample{number:07d}@example.jp"


def organization(rng: random.Random, number: int, kind: str) -> tuple[str, str, str]:
    """Name, address and mail of a body that does not exist; its name says its type."""
    field = "" if kind in _WITHOUT_FIELD else rng.choice(_FIELDS)
    name = f"架空{rng.choice(_FAMILY[1:])}{rng.choice(_FAMILY[1:])}{field}{rng.choice(_BODIES[kind])}"
    return name, _address(rng), f"office{number:05d}@example.jp"


def _address(rng: random.Random) -> str:
    numbers = f"{rng.randrange(1, 9)}-{rng.randrange(1, 30)}-{rng.randrange(1, 30)}"
    return f"架空県{rng.choice(('見本', '例示', '仮名'))}市{rng.choice(_TOWNS)}{numbers}"
