"""Definitions, corrections and approvals of the sample."""

from partner.documents.blocks import Block, Cell, Column, NoteBox, Paragraph, Row, Run, Section, Table, plain

DEFINITIONS = """
D1|全登録者数・団体数|月末24:00に有効な登録の数。|退会、抹消した登録
D2|新規・退会・区分変更|月内に効力が生じた登録、終了した登録、区分が変わった登録。|再登録は新規とし、内数に示す
D3|接触媒体|登録時の申告による。1人1つ。|申告のない者は「無回答」
D4|登録目的|登録時の申告による。複数回答、延べ。|合計は人数と一致しない
D5|団体種別|月末現在の種別。掲載件数は掲載時の種別。|種別一覧 第2版
D6|新規掲載・公開|新規掲載は月内に初めて公開した件数。公開は月内に一時でも公開した件数。|再公開、下書き
D7|求人のアクセス数|求人の詳細ページの閲覧ページ数。|一覧・検索結果での表示
D8|分野|主分野1つに数える。延べは副分野を含む。|分野一覧 第4版（21分野）
D9|キャリア相談|対面（オンラインを含む）は実施日、メールは回答日で数える。|取消、無断欠席（別掲）
D10|相談アンケート|終了後14日以内の回答。割合は無回答を除く。|回答期限前は速報値
D11|閲覧ページ数|GET要求のうち応答200又は304で、静的ファイルを除くもの。|検索ロボット、監視、職員
D12|訪問者数|接続元と閲覧ソフトの組が同じ閲覧を、1,800秒を超える間隔で区切る。最初の閲覧の日に数える。|人数ではない。日や月の境で切らない
D13|メールサービス登録者数|月末24:00に配信登録が有効な者の数。|配信不能で停止中の者
D14|問い合わせ|受付日、回答日で数える。未回答は月末24:00現在。|キャリア相談（M5に計上）
D15|稼働率・停止|（対象時間−計画外停止）÷対象時間。対象時間は暦時間から計画停止と責めによらない停止を除く。|分未満は切り上げ
D16|応答時間|要求の受信から応答の送信完了まで。分位点は全要求による。|監視、検索ロボット
D17|運用・保守の実績|作業記録の完了日で数える。|計画のみのもの
"""


def definition(line: str) -> Row:
    number, name, how, without = line.split("|")
    return Row(number, (Cell(name, strong=True), Cell(how), Cell(without)), anchor=number)


WHY = "同一人の二重登録1件（国際協力人材）を統合したため。増加数、接触媒体（検索エンジン 162→161）及び登録目的（2項目で各1減）も同じ理由で変わる。"
CORRECTIONS = Table(
    number="C-1",
    title="正誤表（令和8年9月分 月次報告書 第1.0版に対するもの）",
    columns=(
        Column("No.", kind="label", width=8),
        Column("項目", kind="text"),
        Column("セル番号", kind="text", width=17),
        Column("誤", width=14),
        Column("正", width=16, strong=True),
        Column("差", width=9),
        Column("理由", kind="text", width=56),
        Column("判明日", kind="text", width=15),
    ),
    rows=(
        Row(
            "1",
            (
                *tuple(Cell(t) for t in ("9月の新規登録者数\u3000合計", "M1-1.02a", "494", "493", "−1")),
                Cell(WHY, rows=4),
                Cell("10月8日", rows=4),
            ),
        ),
        Row("", (*tuple(Cell(t) for t in ("同\u3000国際協力人材", "M1-1.10a", "110", "109", "−1")), None, None)),
        Row(
            "",
            (*tuple(Cell(t) for t in ("9月末の登録者数\u3000合計", "M1-1.07a", "81,739", "81,738", "−1")), None, None),
        ),
        Row("", (*tuple(Cell(t) for t in ("同\u3000国際協力人材", "M1-1.15a", "28,442", "28,441", "−1")), None, None)),
        Row(
            "2",
            tuple(
                Cell(t)
                for t in (
                    "9月の求人新規掲載件数",
                    "M3-1.01a",
                    "275",
                    "276",
                    "+1",
                    "9月30日公開の1件（NGO・NPO、教育）の記録が締切後に届いたため。",
                    "10月9日",
                )
            ),
        ),
    ),
    notes=(
        "影響：年度累計は本報告書で訂正後の値による。四半期報告書（第2四半期）は訂正後の値で提出済みであり、変更はない。",
    ),
    alt="前月報告の訂正2件、5セル",
    dense=True,
)
APPROVALS = """
作成|受託事業者　報告担当|令和8年11月6日 13:40|データ締切後に作成
点検|受託事業者　品質管理担当|令和8年11月6日 16:05|照合32項目すべて一致、未入力0件
承認|受託事業者　業務責任者|令和8年11月9日 10:20|第1.0版として確定
提出|受託事業者　報告担当|令和8年11月9日 11:02|Word版、Excel版、PDF版、データシート
受領|機構　監督職員|受領後に記録|受領後に記録
"""


def approval(line: str) -> Row:
    stage, role, when, what = line.split("|")
    state = "none" if when == "受領後に記録" else "final"
    return Row(stage, (Cell(role), Cell(when, state), Cell(what, state)))  # type: ignore[arg-type]


APPENDIX: tuple[Block, ...] = (
    Section(
        "集計の定義とルール",
    ),
    Paragraph(
        plain("定義集 第3版（令和8年4月1日から適用）による。時刻はすべて日本時間。前月の報告から変わった定義はない。")
    ),
    Table(
        columns=(
            Column("番号", kind="label", width=9, strong=True),
            Column("名称", kind="text", width=34),
            Column("数え方", kind="text"),
            Column("含めないもの・注意", kind="text", width=43, secondary=True),
        ),
        rows=tuple(definition(line) for line in DEFINITIONS.strip().splitlines()),
        notes=("構成比は小数第2位を四捨五入するため、計が100%にならないことがある。",),
        alt="集計の定義17件",
        dense=True,
    ),
    Section(
        "訂正一覧",
        new_page=False,
    ),
    Paragraph(
        plain("提出済みの報告書の数値のうち、その後の記録により変わったものを示す。提出済みの報告書は書き換えない。")
    ),
    CORRECTIONS,
    Section("承認の記録", new_page=False),
    Table(
        number="C-2",
        title="作成から受領まで",
        columns=(
            Column("段階", kind="label", width=22),
            Column("役割", kind="text", share=1),
            Column("日時", kind="text", width=42),
            Column("内容", kind="text", share=1.3),
        ),
        rows=tuple(approval(line) for line in APPROVALS.strip().splitlines()),
        notes=("承認は電子記録による（押印は行わない）。記録番号 APR-2026-10-004。",),
        alt="作成から受領までの5段階。受領は未記録",
        loose=True,
    ),
    NoteBox(
        (
            Run(
                "セル番号を選ぶと、その数値の定義、対象、除外及び元の記録の一覧が開く（閲覧の権限がない場合は定義のみ）。"
                "本書は、データ締切、定義集 第3版、月次様式 第5版及び作成プログラムの版から、同じ内容で再作成できる。"
                "各ファイルのSHA-256は、提出物一覧に記載した。"
            ),
        ),
        title="本書の確かめ方",
    ),
)
