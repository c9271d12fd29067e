"""Names that nobody bears: made of syllables and of words that say they are samples."""

import random

_FAMILY = ("架空", "見本", "例示", "仮名", "想定", "例田", "仮設", "模擬", "試作", "無実", "空想", "未定")
_GIVEN_1 = ("一", "二", "三", "千", "光", "明", "和", "正", "春", "夏", "秋", "冬", "東", "西", "南", "北")
_GIVEN_2 = ("太", "郎", "子", "美", "人", "香", "平", "世", "代", "也", "恵", "斗", "奈", "江", "彦", "乃")
_TOWNS = ("例示町", "見本町", "仮名町", "想定町", "模擬町", "試作町")
_BODIES = ("研究所", "協会", "機構", "財団", "大学", "コンサルタンツ", "商事", "ネットワーク", "市役所", "センター")
_FIELDS = ("教育", "保健", "水資源", "農業", "環境", "防災", "交通", "情報", "漁業", "都市")


def person(rng: random.Random) -> tuple[str, str, str]:
    """Name, address and mail of a person who does not exist."""
    name = f"{rng.choice(_FAMILY)} {rng.choice(_GIVEN_1)}{rng.choice(_GIVEN_2)}"
    return name, _address(rng), f"sample{rng.randrange(10**7):07d}@example.jp"


def organization(rng: random.Random) -> tuple[str, str, str]:
    """Name, address and mail of a body that does not exist."""
    name = f"{rng.choice(_FAMILY)}{rng.choice(_FIELDS)}{rng.choice(_BODIES)}"
    return name, _address(rng), f"office{rng.randrange(10**5):05d}@example.jp"


def _address(rng: random.Random) -> str:
    numbers = f"{rng.randrange(1, 9)}-{rng.randrange(1, 30)}-{rng.randrange(1, 30)}"
    return f"架空県{rng.choice(('見本', '例示', '仮名'))}市{rng.choice(_TOWNS)}{numbers}"
