"""M1 and M2 of the sample."""

from partner.documents.blocks import (
    Block,
    Cell,
    Column,
    Entry,
    FlowChart,
    FlowPoint,
    GroupRow,
    LineChart,
    LinePanel,
    Mark,
    Plans,
    Row,
    Run,
    Section,
    Series,
    State,
    Table,
    comparison_columns,
)

LETTERS = "abcdefghij"
STATES: dict[str, State] = {"該当なし": "not_applicable", "未入力": "missing", "未算出": "not_computed"}
SIGNS = ("", "＋", "−", "＝")


def cell(text: str, table: str, row: str, letter: str, longest: int = 0) -> Cell:
    """A cell from its printed text: a mark may follow the digits."""
    mark: Mark = text[-1] if text[-1:] in ("訂", "速", "欠") else ""  # type: ignore[assignment]
    shown = text.removesuffix(mark)
    digits = shown.replace(".", "")
    bar = min(1, float(shown) / longest) if longest and digits.isdigit() else None
    number = f"{table}.{row}{letter}"
    return Cell(shown, STATES.get(shown, "final"), mark, number, f"https://desk.example.jp/figures/{number}", bar)


def row(table: str, line: str, bars: tuple[int, ...] = (), letters: str = LETTERS) -> Row:
    """A row from a compact line: number, sign, label, values; `うち` is indented, `＝` and 計 are strong."""
    parts = line.split()
    number, sign, label = parts[0], parts[1] if parts[1] in SIGNS else "", parts[1 + (parts[1] in SIGNS)]
    values = parts[2 + (parts[1] in SIGNS) :]
    cells = tuple(
        cell(text, table, number, letter, (bars + (0,) * 10)[n])
        for n, (text, letter) in enumerate(zip(values, letters, strict=False))
    )
    return Row(
        label=label,
        cells=cells,
        number=number,
        sign=sign,  # type: ignore[arg-type]
        indent=label.startswith("うち"),
        strong=sign == "＝" or label in ("計", "延べ計"),
    )


def rows(table: str, text: str, bars: tuple[int, ...] = ()) -> tuple[Row | GroupRow, ...]:
    """Rows from lines; a line of one word names a group."""
    lines = [line.strip() for line in text.strip().splitlines()]
    return tuple(GroupRow(line) if len(line.split()) == 1 else row(table, line, bars) for line in lines)


WALK = """
合計
01 期首（前月末） 81,738訂 81,474 +264 +0.3 78,405 +3,333 +4.3 79,901
02 ＋ 新規 520 493訂 +27 +5.5 475 +45 +9.5 3,691
03 うち再登録 30 27 +3 +11.1 24 +6 +25.0 196
04 ＋ 区分変更による増 33 29 +4 +13.8 27 +6 +22.2 214
05 − 区分変更による減 33 29 +4 +13.8 27 +6 +22.2 214
06 − 退会 244 229 +15 +6.6 211 +33 +15.6 1,578
07 ＝ 当月末 82,014 81,738訂 +276 +0.3 78,669 +3,345 +4.3 82,014
08 増加数 +276 +264訂 +12 +4.5 +264 +12 +4.5 +2,113
国際協力人材
09 期首（前月末） 28,441訂 28,376 +65 +0.2 27,675 +766 +2.8 27,995
10 ＋ 新規 118 109訂 +9 +8.3 104 +14 +13.5 823
11 うち再登録 9 8 +1 ＊ 6 +3 ＊ 58
12 ＋ 区分変更による増 27 24 +3 +12.5 22 +5 +22.7 177
13 − 区分変更による減 6 5 +1 ＊ 5 +1 ＊ 37
14 − 退会 70 63 +7 +11.1 61 +9 +14.8 448
15 ＝ 当月末 28,510 28,441訂 +69 +0.2 27,735 +775 +2.8 28,510
16 増加数 +69 +65訂 +4 +6.2 +60 +9 +15.0 +515
簡易登録人材
17 期首（前月末） 53,297 53,098 +199 +0.4 50,730 +2,567 +5.1 51,906
18 ＋ 新規 402 384 +18 +4.7 371 +31 +8.4 2,868
19 うち再登録 21 19 +2 +10.5 18 +3 +16.7 138
20 ＋ 区分変更による増 6 5 +1 ＊ 5 +1 ＊ 37
21 − 区分変更による減 27 24 +3 +12.5 22 +5 +22.7 177
22 − 退会 174 166 +8 +4.8 150 +24 +16.0 1,130
23 ＝ 当月末 53,504 53,297 +207 +0.4 50,934 +2,570 +5.0 53,504
24 増加数 +207 +199 +8 +4.0 +204 +3 +1.5 +1,598
"""
NOW, THEN = "10月の新規登録", "前年10月"
MEDIA = Table(
    number="M1-2",
    title="接触媒体（PARTNERを知ったきっかけ、1人1つ）",
    unit="人",
    definitions=("D3",),
    columns=(
        Column("接触媒体", kind="label"),
        Column("計", width=11, letter="a", group=NOW, tint=True, bar=19),
        Column("国際", width=11, letter="b", group=NOW),
        Column("簡易", width=11.5, letter="c", group=NOW),
        Column("", width=11, letter="d", group="9月"),
        Column("増減", width=10.5, letter="e", group="9月"),
        Column("", width=11.5, letter="f", group=THEN),
        Column("増減", width=11, letter="g", group=THEN),
        Column("年度累計", width=14, letter="h"),
        Column("全登録者", width=14.5, letter="i"),
    ),
    rows=rows(
        "M1-2",
        """
    01 検索エンジン 168 31 137 161訂 +7 172 −4 1,203 24,118
    02 JICAウェブサイト 121 38 83 118 +3 128 −7 872 21,306
    03 SNS 74 9 65 66 +8 38 +36 489 5,912
    04 知人・同僚の紹介 52 15 37 51 +1 54 −2 371 10,447
    05 大学・教育機関 38 8 30 33 +5 31 +7 266 6,821
    06 セミナー・説明会 31 10 21 34 −3 22 +9 214 5,338
    07 メールマガジン・広報誌 17 3 14 15 +2 16 +1 121 3,106
    08 新聞・雑誌 0 0 0 0 ±0 1 −1 2 1,284
    09 その他 12 3 9 10 +2 9 +3 93 2,119
    10 無回答 7 1 6 5 +2 4 +3 60 1,563
    11 計 520 118 402 493訂 +27 475 +45 3,691 82,014
    """,
        (168,),
    ),
    notes=(
        "計は表M1-1の新規（02a）及び当月末（07a）に一致する。国際：国際協力人材、簡易：簡易登録人材。新聞・雑誌は回答0人。",
    ),
    alt="接触媒体別の新規登録。検索エンジンが168人で最も多く、新聞・雑誌は0人",
)
PURPOSES = Table(
    number="M1-3",
    title="登録目的（複数回答、延べ）",
    unit="人",
    definitions=("D4",),
    columns=(
        Column("登録目的", kind="label"),
        Column("延べ", width=12, letter="a", group="10月の新規登録 520人", tint=True),
        Column("520人比%", width=20, letter="b", group="10月の新規登録 520人", bar=26),
        Column("", width=14, letter="c", group="9月"),
        Column("増減", width=10, letter="d", group="9月"),
        Column("", width=12, letter="e", group=THEN),
        Column("増減", width=12, letter="f", group=THEN),
        Column("年度累計", width=14, letter="g"),
    ),
    rows=(
        *rows(
            "M1-3",
            """
    01 求人情報を得る 331 63.7 309訂 +22 298 +33 2,318
    02 研修・セミナー情報を得る 248 47.7 231 +17 224 +24 1,764
    03 メール配信を受ける 219 42.1 204訂 +15 214 +5 1,571
    04 国際協力に関する情報を集める 176 33.8 171 +5 149 +27 1,240
    05 キャリア相談を受ける 142 27.3 139 +3 118 +24 991
    06 JICAの公募に応募する 127 24.4 118 +9 121 +6 902
    07 その他 14 2.7 11 +3 9 +5 88
    """,
            (0, 64),
        ),
        Row(
            "延べ計",
            (
                Cell("1,257"),
                Cell("", "none", bar_note="1人当たり 2.42"),
                Cell("1,183", mark="訂"),
                Cell("+74"),
                Cell("1,133"),
                Cell("+124"),
                Cell("8,874"),
            ),
            number="08",
            strong=True,
        ),
    ),
    notes=("1人が複数の目的を選べるため、延べ計は新規登録者数（520人）と一致しない。",),
    alt="登録目的の延べ1,257件。求人情報を得るが331人で最も多い",
)
MONTHS = ("10月", "11", "12", "1月", "2", "3", "4", "5", "6", "7", "8", "9", "10月")
JOINED = (475, 452, 380, 530, 497, 593, 630, 571, 536, 503, 440, 493, 520)
LEFT = (211, 205, 201, 230, 212, 386, 245, 222, 214, 230, 210, 229, 244)
FLOWS = FlowChart(
    number="M1-1",
    title="新規登録と退会の推移",
    unit="人／月　令和7年10月から令和8年10月まで",
    alt="新規は令和7年10月の475人から令和8年10月の520人へ。最多は4月の630人、最少は12月の380人。退会の最多は3月の386人",
    points=tuple(FlowPoint(*p) for p in zip(MONTHS, JOINED, LEFT, strict=True)),
)
ENDS = ("R7.10", "", "", "R8.1", "", "", "4", "", "", "7", "", "", "10月")
FULL = (27735, 27793, 27830, 27905, 27961, 27995, 28090, 28172, 28255, 28322, 28376, 28441, 28510)
EASY = (50934, 51130, 51280, 51490, 51718, 51906, 52190, 52460, 52700, 52910, 53098, 53297, 53504)
LEVELS = LineChart(
    number="M1-2",
    title="区分別の月末登録者数",
    unit="人　縦軸は0から始まらない。1目盛りの幅（人数）は左右で異なる",
    alt="国際協力人材は27,735人から28,510人へ、簡易登録人材は50,934人から53,504人へ、いずれも毎月増えた",
    panels=(
        LinePanel("国際協力人材", ENDS, (Series(FULL),)),
        LinePanel("簡易登録人材", ENDS, (Series(EASY),)),
    ),
)
PEOPLE: tuple[Block, ...] = (
    Section(
        "人材登録者数",
        number="M1",
        source="別紙4 月次報告書 1）",
        remark="訂正を含む",
        message=(
            Run("10月末の登録者は"),
            Run("82,014人", bold=True),
            Run("（国際協力人材 28,510人、簡易登録人材 53,504人）。新規520人に対し退会は244人で、"),
            Run("276人の純増", bold=True),
            Run("である。"),
        ),
    ),
    Table(
        number="M1-1",
        title="登録者数の増減",
        unit="人",
        definitions=("D1", "D2"),
        columns=comparison_columns("区分", "10月", "9月", "前年10月"),
        rows=rows("M1-1", WALK),
        notes=(
            "期首は、年度累計（h列）では前年度末（令和8年3月31日）。区分変更は2つの区分の間の変更で、合計では増と減が等しい。"
            "訂：訂正一覧 No.1。",
        ),
        alt="人材登録者数の増減。10月末は82,014人で前月末から276人増",
    ),
    FLOWS,
    MEDIA,
    PURPOSES,
    LEVELS,
    Plans(
        (
            Entry("11月14日（土）", "国際協力人材セミナー（オンライン）で登録を案内する。見込み60人。"),
            Entry("11月下旬", "登録後1年間利用のない簡易登録人材へ、登録内容の確認を依頼する（約1,900人）。"),
        )
    ),
)
WALK_OF_ORGANIZATIONS = """
合計
01 期首（前月末） 2,447 2,438 +9 +0.4 2,342 +105 +4.5 2,389
02 ＋ 新規 16 14 +2 +14.3 14 +2 +14.3 104
03 うち再登録 1 0 +1 該当なし 1 ±0 ＊ 5
04 ＋ 区分変更による増 2 1 +1 ＊ 1 +1 ＊ 9
05 − 区分変更による減 2 1 +1 ＊ 1 +1 ＊ 9
06 − 退会 5 5 ±0 ＊ 5 ±0 ＊ 35
07 ＝ 当月末 2,458 2,447 +11 +0.4 2,351 +107 +4.6 2,458
08 増加数 +11 +9 +2 ＊ +9 +2 ＊ +69
国際協力団体
09 期首（前月末） 1,311 1,306 +5 +0.4 1,257 +54 +4.3 1,282
10 ＋ 新規 7 6 +1 ＊ 6 +1 ＊ 44
11 うち再登録 1 0 +1 該当なし 0 +1 該当なし 3
12 ＋ 区分変更による増 2 1 +1 ＊ 1 +1 ＊ 8
13 − 区分変更による減 0 0 ±0 該当なし 0 ±0 該当なし 1
14 − 退会 2 2 ±0 ＊ 2 ±0 ＊ 15
15 ＝ 当月末 1,318 1,311 +7 +0.5 1,262 +56 +4.4 1,318
16 増加数 +7 +5 +2 ＊ +5 +2 ＊ +36
簡易登録団体
17 期首（前月末） 1,136 1,132 +4 +0.4 1,085 +51 +4.7 1,107
18 ＋ 新規 9 8 +1 ＊ 8 +1 ＊ 60
19 うち再登録 0 0 ±0 該当なし 1 −1 ＊ 2
20 ＋ 区分変更による増 0 0 ±0 該当なし 0 ±0 該当なし 1
21 − 区分変更による減 2 1 +1 ＊ 1 +1 ＊ 8
22 − 退会 3 3 ±0 ＊ 3 ±0 ＊ 20
23 ＝ 当月末 1,140 1,136 +4 +0.4 1,089 +51 +4.7 1,140
24 増加数 +4 +4 ±0 ＊ +4 ±0 ＊ +33
"""
KINDS = """
01 JICA 42 0 0 ±0 42 42 0 ±0 ±0
02 国際機関 38 0 0 ±0 38 36 2 ±0 +1
03 政府機関・独立行政法人 60 1 0 ±0 61 48 13 +1 +4
04 地方自治体 172 2 0 ±0 174 71 103 +2 +11
05 大学・教育研究機関 311 2 1 ±0 312 188 124 +1 +10
06 NGO・NPO 484 3 1 ±0 486 342 144 +2 +21
07 公益・一般法人 265 2 0 +1 268 160 108 +3 +11
08 開発コンサルティング企業 240 1 0 ±0 241 206 35 +1 +8
09 民間企業 780 5 3 ±0 782 214 568 +2 +39
10 その他 55 0 0 −1 54 11 43 −1 +2
11 計 2,447 16 5 ±0 2,458 1,318 1,140 +11 +107
"""
ORGANIZATIONS: tuple[Block, ...] = (
    Section(
        "団体登録数",
        number="M2",
        source="別紙4 月次報告書 2）",
        message=(
            Run("10月末の登録団体は"),
            Run("2,458団体", bold=True),
            Run("（国際協力団体 1,318、簡易登録団体 1,140）。新規16団体、退会5団体で、"),
            Run("11団体の純増", bold=True),
            Run("である。"),
        ),
    ),
    Table(
        number="M2-1",
        title="登録団体数の増減",
        unit="団体",
        definitions=("D1", "D2"),
        columns=comparison_columns("区分", "10月", "9月", "前年10月"),
        rows=rows("M2-1", WALK_OF_ORGANIZATIONS),
        alt="登録団体数の増減。10月末は2,458団体で前月末から11団体増",
    ),
    Table(
        number="M2-2",
        title="団体種別の内訳",
        unit="団体",
        definitions=("D5",),
        stacked=True,
        columns=(
            Column("団体種別", kind="label"),
            Column("前月末", width=13, letter="a"),
            Column("＋新規", width=11, letter="b"),
            Column("−退会", width=11, letter="c"),
            Column("種別変更", width=14, letter="d"),
            Column("当月末", width=13, letter="e", tint=True, bar=13, strong=True),
            Column("国際", width=11, letter="f"),
            Column("簡易", width=12, letter="g"),
            Column("前月比", width=12.5, letter="h"),
            Column("前年同月比", width=16, letter="i"),
        ),
        rows=rows("M2-2", KINDS, (0, 0, 0, 0, 782)),
        notes=(
            "前月末＋新規−退会＋種別変更＝当月末。種別変更は、法人格の取得による1団体（その他から公益・一般法人へ）。"
            "国際（国際協力団体）、簡易（簡易登録団体）は当月末。h列、i列は増減。",
        ),
        alt="団体種別の内訳。民間企業が782団体で最も多い",
    ),
    Plans(
        (
            Entry("11月17日（火）", "地方自治体向け登録説明会（オンライン）。申込み14団体（11月6日現在）。"),
            Entry("11月末まで", "審査中の国際協力団体3団体の確認を終える。"),
        )
    ),
)
