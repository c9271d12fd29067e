"""A hand-made monthly report with invented numbers: every block, every state, in the order of the real one."""

from datetime import UTC, datetime

from partner.documents.blocks import (
    Block,
    BusinessDays,
    Cell,
    Column,
    Columns,
    Contents,
    Cover,
    Document,
    Entry,
    Finding,
    Heading,
    Legend,
    LegendEntry,
    Milestones,
    NoteBox,
    Paragraph,
    Requests,
    Row,
    RulerDay,
    Run,
    Section,
    Summary,
    SummaryRow,
    Table,
    plain,
)
from tests.documents.sample_appendix import APPENDIX
from tests.documents.sample_draft import OPERATIONS
from tests.documents.sample_people import ORGANIZATIONS, PEOPLE

COVER = Cover(
    addressee=("独立行政法人国際協力機構", "監督職員　殿"),
    document_number="月報 2026-10-1.0",
    date_text="令和8年11月9日（月）",
    contract_title="国際協力人材センター運営業務",
    title="月次報告書",
    period="令和8年10月分",
    period_beside="2026年10月",
    facts=(
        ("契約件名", ("国際協力人材センター運営業務（令和8〜10年度）",)),
        ("対象期間", ("令和8年10月1日（木）から31日（土）まで",)),
        ("版", ("第1.0版（初回提出）",)),
        ("提出期限", ("令和8年11月9日（月）17:00　翌月第5営業日",)),
        ("データ締切", ("令和8年11月6日（金）12:00 までに記録された事実による",)),
        ("値の状態", ("確報。ただし相談アンケート（表M5-2）は速報値",)),
        ("提出物", ("Word版、Excel版（データシートを含む）、PDF版",)),
        ("受託事業者", ("株式会社例示受託", "業務責任者（記名は「承認の記録」による）")),
    ),
    note="本書は見本である。数値、契約件名及び事業者名はすべて架空のものである。",
)

TREND = (10, 11, 13, 12, 15, 18, 17, 21, 24, 26, 25, 29, 31)
WAVES = (20, 18, 12, 21, 19, 26, 30, 27, 25, 24, 18, 23, 24)


def summary_row(text: str, value: str, mark: str = "", series: tuple[int, ...] = WAVES) -> SummaryRow:
    """One line from a compact text: item|name|unit|month|rate|year|rate|cell number."""
    item, name, unit, month, month_rate, year, year_rate, number = text.split("|")
    cell = Cell(value, mark=mark, number=number)  # type: ignore[arg-type]
    return SummaryRow(item, name, cell, unit, month, month_rate, year, year_rate, series, number)


SUMMARY = Summary(
    period="10月",
    rows=(
        summary_row("M1|人材登録者数|人|+276|+0.3%|+3,345|+4.3%|M1-1.07a", "82,014", series=TREND),
        summary_row("M2|団体登録数|団体|+11|+0.4%|+107|+4.6%|M2-1.07a", "2,458", series=TREND),
        summary_row("M3|求人情報掲載件数|件|+8|+2.9%|+32|+12.7%|M3-1.01a", "284"),
        summary_row("M4|研修・セミナー情報掲載件数|件|+6|+6.8%|+13|+16.0%|M4-1.01a", "94"),
        summary_row("M5|キャリア相談件数|件|+1|+2.8%|−7|−15.9%|M5-1.04a", "37"),
        summary_row("M6|トップページ閲覧ページ数|回|+2,143|+5.7%|+3,852|+10.6%|M6-1.01a", "40,057", "欠"),
        summary_row("M7|ニュース登録者数|人|+184|+0.4%|+2,211|+5.7%|M7-1.05a", "41,286", series=TREND),
        summary_row("M8|問い合わせ受付件数|件|+7|+5.0%|+15|+11.5%|M8-1.02a", "146"),
        summary_row("M9|システム稼働率|%|−0.055|pt|+0.110|pt|M9-1.07a", "99.894"),
    ),
    note="M1、M2、M7は月末現在、M3からM6まで、M8及びM9は月間。pt：ポイント。推移は○前年10月から●当月まで。"
    "縦の尺度は項目ごとに異なる。欠は、欠測を含む値。",
    alt="主な9項目の10月の値、前月比、前年同月比と13か月の推移",
)


def target(label: str, actual: Cell, progress: Cell, state: Cell) -> Row:
    return Row(label, (actual, progress, state))


NOT_APPLICABLE = Cell("該当なし", "not_applicable")
EXPECTED = Cell("達成見込み", chip="expected")
TARGETS = Table(
    columns=(
        Column("指標（年度目標）", kind="label"),
        Column("実績", width=13),
        Column("進捗%", width=13.5),
        Column("状態", width=21),
    ),
    rows=(
        target("キャリア相談（400件）", Cell("223"), Cell("55.8"), Cell("要注意", chip="attention")),
        target("検索応答（3,000ms以内）", Cell("3,120"), NOT_APPLICABLE, Cell("未達", chip="missed")),
        target("新規人材登録（6,200人）", Cell("3,691"), Cell("59.5"), EXPECTED),
        target("新規団体登録（170団体）", Cell("104"), Cell("61.2"), EXPECTED),
        target("求人新規掲載（3,300件）", Cell("1,953"), Cell("59.2"), EXPECTED),
        target("相談の満足度%（85以上）", Cell("87.5", "provisional", "速"), NOT_APPLICABLE, EXPECTED),
        target("稼働率%（99.5以上）", Cell("99.869"), NOT_APPLICABLE, EXPECTED),
        target("ニュース登録者数", Cell("41,286"), NOT_APPLICABLE, Cell("目標値未設定", "no_target", chip="unset")),
    ),
    notes=(
        "年度の経過率は58.6%（214日／365日）。満足度と応答時間（95%点）は10月、ニュース登録者数は月末現在、"
        "ほかは4月から10月まで。",
    ),
    alt="年度目標8件の実績と状態。要注意1件、未達1件",
    dense=True,
)

OVERVIEW: tuple[Block, ...] = (
    Section(
        "要約",
        source="令和8年10月分の主な数値、変化、目標、予定",
        message=(
            Run("登録者は82,014人となり、前月末から276人増えた。求人掲載は前年同月を12.7%上回る。\n"),
            Run("キャリア相談の件数と求人検索の応答時間の2つの目標に注意を要する。", attention=True),
        ),
        lead=True,
    ),
    SUMMARY,
    Columns(
        left=(
            Heading("何が変わったか、なぜか"),
            Finding(
                "新規登録が520人（前月比 +27人）",
                (Run("国際協力人材セミナー（9月26日）の参加者の登録と、大学の後期開始による。", number="M1-1.02a"),),
            ),
            Finding(
                "求人掲載が284件（前年同月比 +32件）",
                (
                    Run(
                        "開発コンサルティング企業と民間企業で計10件増えた。農業・農村開発は1件増にとどまる。",
                        number="M3-2",
                    ),
                ),
            ),
            Finding(
                "キャリア相談が37件（前年同月比 −7件）",
                (Run("相談員1名の欠員により、10月の相談枠が8枠減った。", number="M5-1.04a"),),
            ),
        ),
        right=(Heading("目標に対する状況"), TARGETS),
    ),
    Milestones(
        "11月の主な予定",
        (
            Entry("12日（木）", "相談員1名が着任"),
            Entry("14日（土）", "国際協力人材セミナー（オンライン）"),
            Entry("15日（日）", "定期保守 1:00〜4:00"),
            Entry("17日（火）", "自治体向け登録説明会"),
            Entry("18日（水）", "検索用の索引を追加"),
        ),
    ),
    Requests(
        (
            "前月報告の訂正2件（9月の人材登録者数、求人掲載件数）。内容は「訂正一覧」による。",
            "キャリア相談の増枠案（12月から土曜日に月2回）。11月20日（金）までのご回答をお願いしたい。",
        )
    ),
)

STATES = Legend(
    title="値の状態",
    entries=(
        LegendEntry(Cell("0"), "数えた結果が0であった"),
        LegendEntry(NOT_APPLICABLE, "項目が存在しない、又は算出できない"),
        LegendEntry(Cell("87.5", "provisional", "速"), "速報値。締切後に変わり得る"),
        LegendEntry(Cell("81,738", mark="訂"), "訂正後の値。前回の報告と異なる"),
        LegendEntry(Cell("40,057", mark="欠"), "記録の欠けた時間を含む。欠測を0とみなして補っていない"),
        LegendEntry(Cell("＊"), "基数が10未満で、率を示さない"),
        LegendEntry(Cell("±0"), "増減がない"),
        LegendEntry(Cell("未入力", "missing"), "担当者の入力を待つ。作成中の版だけに現れ、残る間は提出できない"),
        LegendEntry(Cell("未算出", "not_computed"), "未入力の値による。作成中の版だけに現れる"),
        LegendEntry(Cell("目標値未設定", "no_target"), "目標値が合意されていない"),
    ),
)

GUIDE: tuple[Block, ...] = (
    Section("目次", listed=False),
    Contents(),
    Section("本書の読み方", new_page=False, listed=False),
    Columns(
        left=(STATES,),
        right=(
            Heading("セル番号"),
            Paragraph(
                plain("各数値には「表番号.行 列」の番号がある。行番号は表の左端に、列の記号は見出しの下に小さく示す。")
            ),
            NoteBox((Run("表M1-1の07行、a列（10月末の合計）"),), title="M1-1.07a"),
            Paragraph(
                plain(
                    "表題右の「定義」は、集計の定義の番号である。同じ番号は、Word版、Excel版及びデータシートで共通とする。"
                )
            ),
            Heading("列の並び"),
            Paragraph(
                plain(
                    "前月比と前年同月比は、増減（当月−比較月）と率（増減÷比較月）で示す。割合の増減はポイント（pt）による。"
                    "年度累計は4月1日から当月末までとし、登録者数の表では期首を前年度末とする。"
                )
            ),
            Heading("計算の確認"),
            Paragraph(plain("登録の表は、どの列も次の式が成り立つ。成り立たない報告書は作成されない。")),
            NoteBox(plain("期首 ＋ 新規 ＋ 区分変更による増 − 区分変更による減 − 退会 ＝ 当月末")),
        ),
    ),
    Section(
        "提出期限の数え方",
        new_page=False,
        listed=False,
    ),
    Paragraph(
        plain("月次報告書は翌月第5営業日を期限とする。土曜日、日曜日、祝日及び12月29日から1月3日までを除いて数える。")
    ),
    BusinessDays(
        "11月",
        (
            RulerDay("1（日）", remarks=("休日",)),
            RulerDay("2（月）", "1"),
            RulerDay("3（火）", remarks=("文化の日",)),
            RulerDay("4（水）", "2"),
            RulerDay("5（木）", "3"),
            RulerDay("6（金）", "4", ("データ締切", "12:00")),
            RulerDay("7（土）", remarks=("休日",)),
            RulerDay("8（日）", remarks=("休日",)),
            RulerDay("9（月）", "5", ("提出期限", "17:00"), due=True),
        ),
        alt="11月の第5営業日は9日（月）",
    ),
)


def report(draft: bool = False, extra: tuple[Block, ...] = ()) -> Document:
    """The whole sample; as a draft it ends with the page that still waits for a number."""
    body = OVERVIEW + GUIDE + PEOPLE + ORGANIZATIONS + (OPERATIONS if draft else ()) + APPENDIX + extra
    return Document(
        title="月次報告書 令和8年10月分（2026年10月）",
        subject="国際協力人材センター運営業務",
        author="株式会社例示受託",
        moment=datetime(2026, 11, 6, 3, 0, tzinfo=UTC),
        blocks=body,
        cover=COVER,
        header_left="国際協力人材センター 月次報告書　令和8年10月分（2026年10月）",
        header_right="第1.0版　令和8年11月9日提出",
        footer_left="データ締切 令和8年11月6日 12:00　定義集 第3版",
        footer_right="見本（数値は架空）",
        draft=draft,
    )


def short(*blocks: Block, draft: bool = False) -> Document:
    """A document without a cover, for one thing at a time."""
    return Document(
        title="短い文書", subject="試験", moment=datetime(2026, 11, 6, 3, 0, tzinfo=UTC), blocks=blocks, draft=draft
    )
