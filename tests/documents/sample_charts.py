"""Every chart, and the tables that carry drawings."""

from decimal import Decimal

from partner.documents.blocks import (
    Bar,
    BarChart,
    Block,
    Cell,
    Column,
    ColumnBar,
    ColumnChart,
    Columns,
    FiveSteps,
    FlowChart,
    FlowPoint,
    LineChart,
    LinePanel,
    ProgressChart,
    Row,
    Section,
    Series,
    StepKey,
    Table,
    WalkChart,
    WalkStep,
)

MONTHLY = (81, 76, 58, 72, 83, 70, 74, 86, 90, 89, 63, 88, 94)
NAMES = ("10", "11", "12", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10")
TONES = ("year_ago", *("past",) * 11, "now")
POSTED = ColumnChart(
    number="M4-1",
    title="新規掲載の推移",
    unit="件／月",
    alt="前年10月の81件から10月の94件へ。最少は12月の58件",
    columns=tuple(
        ColumnBar(label, value, tone)  # type: ignore[arg-type]
        for label, value, tone in zip(NAMES, MONTHLY, TONES, strict=True)
    ),
)
WEEK = "木金土日月火水"
VIEWS = (1450, 1455, 860, 840, 1500, 1475, 1430, 1425, 1370, 850, 855, 980, 1390, 1480, 1967, 1560)
MORE = (880, 790, 1480, 1420, 1450, 1470, 1420, 940, 905, 1420, 1475, 1430, 1440, 1470, 870)


def day(n: int, value: int) -> ColumnBar:
    weekday = WEEK[(n - 1) % 7]
    notes = {15: "特集記事の公開（15日）", 18: "欠測3時間を含む"}
    tone = "gap" if n == 18 else "off" if weekday in "土日" else "now"
    return ColumnBar(str(n), value, tone, weekday, notes.get(n, ""))  # type: ignore[arg-type]


DAILY = ColumnChart(
    number="M6-1",
    title="トップページの日別閲覧ページ数",
    unit="回／日　薄い色は土日祝日",
    alt="最多は10月15日の1,967回。18日は欠測3時間を含む",
    columns=tuple(day(n, value) for n, value in enumerate(VIEWS + MORE, 1)),
    print_ends=False,
)
GOAL = ProgressChart(
    number="M5-1",
    title="年度目標400件に対する累計（件、令和8年4月から）",
    unit="",
    alt="10月までに223件。見込みは386件（360〜412件）で、目標の400件に届かない",
    labels=("4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月", "1月", "2月", "3月"),
    target=400,
    done=(30, 62, 95, 128, 152, 186, 223),
    done_label="10月 223件",
    target_label="目標 400件（破線は均等の進み）",
    forecast=(360, 386, Decimal("412")),
    forecast_label="見込み 386件（360〜412件）",
    remark="必要な数 月35.4件（これまで 月31.9件）",
)
WALK = WalkChart(
    number="",
    title="前月末からの動き",
    unit="人",
    alt="8月末の28,431人から新規214人、変更による増63人、減21人、退会175人を経て9月末は28,512人",
    steps=(
        WalkStep("8月末", 28431, "end"),
        WalkStep("新規", 214, "plus"),
        WalkStep("変更 増", 63, "plus"),
        WalkStep("変更 減", 21, "minus"),
        WalkStep("退会", 175, "minus"),
        WalkStep("9月末", 28512, "end"),
    ),
)
RANKED = BarChart(
    number="X-1",
    title="接触媒体",
    unit="人",
    alt="インターネット検索が9,842人で最も多い",
    bars=(
        Bar("インターネット検索", 9842, "9,842", 9500),
        Bar("知人・所属先の紹介", 6175, "6,175", 6200),
        Bar("とても長い名前の媒体であって一行に収まらず切り詰められるもの", 1200, "1,200", 900),
        Bar("未回答", None, "欠測"),
    ),
)
GAPPED = LineChart(
    number="X-2",
    title="欠測のある推移",
    unit="件",
    alt="1月は欠測。10月の12件から5月の30件へ",
    panels=(
        LinePanel(
            "",
            ("10月", "11", "12", "1月", "2", "3", "4", "5"),
            (
                Series((12, 14, 15, None, 18, 22, 25, 30), "件数"),
                Series((20, 19, 18, None, 15, 14, 12, 11), "平均"),
            ),
            from_zero=True,
        ),
    ),
)
LOST = FlowChart(
    number="X-3",
    title="欠けた月のある出入り",
    unit="人",
    alt="2月は欠測",
    points=tuple(FlowPoint(str(n), None if n == 2 else 30 + 5 * n, None if n == 2 else 12 + n) for n in range(1, 9)),
)
SURVEY = Table(
    number="M5-2",
    title="相談サービスアンケート",
    unit="人",
    definitions=("D10",),
    chip="速報値",
    lead="依頼37人　回答24人　回答率64.9%　（11月6日12:00現在、回答期限11月13日）",
    columns=(
        Column("設問", kind="label"),
        Column(
            "", kind="text", width=68, head_drawing=StepKey(("満足", "やや満足", "どちらでもない", "やや不満", "不満"))
        ),
        Column("無回答", width=14, letter="f"),
        Column("平均", width=13, letter="g"),
        Column("上位2段階%", width=20, letter="h", strong=True),
    ),
    rows=tuple(
        Row(
            name,
            (
                Cell("", "none", drawing=FiveSteps(counts)),
                Cell("0"),
                Cell(mean, "provisional", "速"),
                Cell(top, "provisional", "速"),
            ),
            number=f"{n:02}",
        )
        for n, (name, counts, mean, top) in enumerate(
            (
                ("相談全体の満足度", (13, 8, 2, 1, 0), "4.38", "87.5"),
                ("次の行動が決まったか", (10, 9, 3, 1, 0), "4.22", "82.6"),
                ("予約のしやすさ", (7, 8, 5, 3, 1), "3.71", "62.5"),
            ),
            1,
        )
    ),
    alt="3つの設問への24人の回答。満足が最も多い",
)
GALLERY: tuple[Block, ...] = (
    Section("図の見本", number="X1"),
    SURVEY,
    GOAL,
    DAILY,
    Columns(left=(POSTED,), right=(WALK,)),
    RANKED,
    GAPPED,
    LOST,
)
