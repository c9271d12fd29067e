"""M9 of the sample as a draft: 未入力, 未算出, 0 and 該当なし in one column, the blocker below."""

from dataclasses import replace

from partner.documents.blocks import (
    Block,
    Blockers,
    Cell,
    Column,
    Entry,
    Plans,
    Row,
    Run,
    Scale,
    Section,
    Spread,
    Table,
    comparison_columns,
)
from tests.documents.sample_people import row, rows

LEDGER = """
01 暦時間 44,640 43,200 +1,440 +3.3 44,640 ±0 ±0.0 308,160
02 − 計画停止 240 180 +60 +33.3 240 ±0 ±0.0 1,440
03 − 受託者の責めによらない停止 35 0 +35 該当なし 0 +35 該当なし 95
04 ＝ 対象時間 44,365 43,020 +1,345 +3.1 44,400 −35 −0.1 306,625
05 − 計画外停止 47 22 +25 +113.6 96 −49 −51.0 402
06 ＝ 提供時間 44,318 42,998 +1,320 +3.1 44,304 +14 ±0.0 306,223
"""
RATES = """
07 稼働率（％） 99.894 99.949 −0.055 pt 99.784 +0.110 pt 99.869
08 計画外停止の回数（回） 2 1 +1 ＊ 3 −1 ＊ 13
09 平均復旧時間（分） 23.5 22.0 +1.5 +6.8 32.0 −8.5 −26.6 30.9
"""


def outage(number: str, label: str, times: str, counted: str, cause: str, remedy: str) -> Row:
    first = tuple(Cell(t, "not_applicable" if t == "該当なし" else "final") for t in times.split())
    return Row(label, (*first, Cell(counted, strong=counted != "0"), Cell(cause), Cell(remedy)), number=number)


OUTAGES = Table(
    number="M9-2",
    title="停止の記録",
    unit="分",
    definitions=("D15",),
    columns=(
        Column("月日・種類", kind="label", width=22),
        Column("発生", width=13, letter="a"),
        Column("検知", width=13, letter="b"),
        Column("復旧", width=11.5, letter="c"),
        Column("停止", width=11.5, letter="d"),
        Column("算入", width=11.5, letter="e"),
        Column("原因と影響", kind="text", share=1.05),
        Column("対処と再発防止", kind="text", share=1),
    ),
    rows=(
        outage(
            "01",
            "10月6日（火）\n計画外",
            "14:12 14:14 14:43 31",
            "31",
            "データベース接続数の上限超過。全利用者に影響。",
            "上限を見直し、80%で警報を出す（10月7日完了）。",
        ),
        outage(
            "02",
            "10月11日（日）\n計画停止",
            "1:00 該当なし 5:00 240",
            "0",
            "定期保守（基盤ソフトの更新）。9月28日に予告。",
            "予定どおり終了。",
        ),
        outage(
            "03",
            "10月18日（日）\n責めによらない",
            "2:10 2:12 2:45 35",
            "0",
            "データセンターの回線障害。ログ3時間分を喪失。",
            "事業者の報告書を受領。ログの二重保存を始める。",
        ),
        outage(
            "04",
            "10月22日（木）\n計画外",
            "3:05 3:06 3:21 16",
            "16",
            "自動更新後の起動失敗。全利用者に影響。",
            "予備系で先に起動を確かめる手順とした（10月23日完了）。",
        ),
        Row(
            "計",
            (*(Cell("", "none") for _ in range(3)), Cell("322"), Cell("47"), Cell("", "none"), Cell("", "none")),
            number="05",
            strong=True,
        ),
    ),
    notes=("停止の計322分＝計画停止240分＋責めによらない停止35分＋計画外停止47分（表M9-1の02a、03a、05a）。",),
    alt="停止4件、322分。稼働率に算入するのは2件47分",
    dense=True,
)


def response(line: str) -> Row:
    number, label, count, median, p95, p99, goal, share, kind, word = line.split()
    unset = goal == "未設定"
    limit = None if unset else int(goal.replace(",", ""))
    spread = Spread(*(int(v.replace(",", "")) for v in (median, p95, p99)), limit=6000, target=limit)
    return Row(
        label,
        (
            Cell(count),
            Cell(median),
            Cell(p95),
            Cell(p99),
            Cell("", "none", drawing=spread),
            Cell(goal, "no_target" if unset else "final"),
            Cell(share, "not_applicable" if share == "該当なし" else "final"),
            Cell(word, chip=kind),  # type: ignore[arg-type]
        ),
        number=number,
    )


TIMES = """
01 トップページ 40,057 210 640 1,120 2,000 99.8 met 達成
02 求人一覧・検索 188,406 780 3,120 5,480 3,000 94.3 missed 未達
03 求人詳細 148,936 320 1,050 1,880 2,000 99.2 met 達成
04 マイページ 96,214 410 1,340 2,260 3,000 99.5 met 達成
05 管理画面 41,877 560 1,720 2,940 未設定 該当なし unset 目標値未設定
"""
RESPONSES = Table(
    number="M9-3",
    title="応答時間（サーバー側）",
    unit="ミリ秒",
    definitions=("D16",),
    columns=(
        Column("ページ群", kind="label"),
        Column("要求数", width=16, letter="a"),
        Column("中央値", width=13, letter="b"),
        Column("95%点", width=13.5, letter="c", tint=True, strong=True),
        Column("99%点", width=13.5, letter="d"),
        Column("", kind="text", width=36, head_drawing=Scale(("0", "3,000", "6,000"))),
        Column("目標", width=12, letter="e"),
        Column("目標内%", width=15, letter="f"),
        Column("状態", width=21),
    ),
    rows=tuple(response(line) for line in TIMES.strip().splitlines()),
    notes=(
        "図の読み方：○中央値、●95%点、帯の右端は99%点、縦線は目標。横軸は0〜6,000ミリ秒。目標は95%点に対して定める。",
        "求人一覧・検索は、10月8日の条件保存機能の公開後に遅くなった。索引の追加（11月18日）により2,400ミリ秒程度への改善を見込む。",
    ),
    alt="5つのページ群の応答時間。求人一覧・検索の95%点が3,120ミリ秒で目標を超えた",
)


def work(line: str) -> Row:
    done = row("M9-4", line, letters="abcd")
    remark = line.split()[-1]
    text = "" if remark == "-" else remark
    return replace(done, cells=(*done.cells[:4], Cell(text)))


WORKS = """
01 保守作業（件） 5 4 5 33 定期4、臨時1
02 リリース（回） 2 1 2 12 10/8検索条件の保存、10/26軽微な改修
03 バックアップ（回） 31 30 31 214 計画31回のすべてに成功
04 バックアップ復元試験（回） 1 1 1 7 10/14実施、41分で復元
05 修正プログラム適用（件） 未入力 3 6 未算出 -
06 セキュリティ事象（件） 0 0 0 0 発生なし（監視・確認済み）
07 災害時切替訓練（回） 該当なし 該当なし 該当なし 1 年2回（6月・12月）のため当月は対象外
"""
OPERATIONS: tuple[Block, ...] = (
    Section(
        "PARTNERシステム運用・保守業務結果",
        number="M9",
        source="別紙4 月次報告書 9）",
        remark="未入力を含む",
        message=(
            Run("稼働率は"),
            Run("99.894%", bold=True),
            Run("で目標（99.5%以上）を達成した。応答時間は"),
            Run("求人一覧・検索が目標未達", bold=True),
            Run("である。"),
        ),
    ),
    Table(
        number="M9-1",
        title="稼働時間の台帳",
        unit="分（稼働率は%）",
        definitions=("D15",),
        columns=comparison_columns("区分", "10月", "9月", "前年10月"),
        rows=rows("M9-1", LEDGER)
        + tuple(replace(r, outside=True, strong=r.number == "07") for r in rows("M9-1", RATES) if isinstance(r, Row)),
        notes=("稼働率＝提供時間÷対象時間。率の増減はポイント（pt）。平均復旧時間＝計画外停止の時間÷回数。",),
        alt="稼働率は99.894%。対象44,365分のうち計画外停止47分",
    ),
    OUTAGES,
    RESPONSES,
    Table(
        number="M9-4",
        title="運用・保守の実績",
        unit="項目に併記",
        definitions=("D17",),
        columns=(
            Column("項目", kind="label"),
            Column("10月", width=14.5, letter="a", tint=True, strong=True),
            Column("9月", width=14, letter="b"),
            Column("前年10月", width=18, letter="c"),
            Column("年度累計", width=18, letter="d"),
            Column("内容", kind="text", width=56),
        ),
        rows=tuple(work(line) for line in WORKS.strip().splitlines()),
        alt="運用・保守の実績7項目。修正プログラム適用は未入力",
    ),
    Blockers(
        (
            Entry("表M9-4.05a", "修正プログラム適用の件数が未入力である。年度累計（05d）は、入力まで算出しない。"),
            Entry("担当・入力期限", "運用保守担当　令和8年11月6日（金）12:00"),
        ),
        title="提出を妨げている事項　1件",
    ),
    Plans(
        (
            Entry("11月15日（日）", "定期保守　1:00〜4:00（180分、全サービス停止）。11月2日に予告済み。"),
            Entry("11月18日（水）", "検索用の索引を追加する（停止なし）。翌週の95%点を12月の報告書で示す。"),
            Entry("11月末まで", "アクセスログの二重保存を始める。"),
        )
    ),
)
