"""What the quarterly, annual, service and incident reports need beyond the monthly one: turned pages, long texts, photographs,
collected originals. Pictures and scans are drawn here; all of it is invented."""

import hashlib
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw

from partner.documents.blocks import (
    Block,
    Bullets,
    Cell,
    Document,
    Entry,
    Finding,
    Heading,
    KeyValues,
    NoteBox,
    Original,
    Paragraph,
    Picture,
    Pictures,
    Plans,
    Row,
    Run,
    Section,
    Table,
    plain,
    year_columns,
)
from tests.documents.sample import report, short

MONTHS = (*(f"{month}月" for month in range(4, 13)), "1月", "2月", "3月")
FIELDS = (
    "農業・農村開発", "保健医療", "教育", "防災", "水資源・上下水道", "運輸交通", "都市開発・地域開発", "自然環境保全",
    "民間セクター開発", "情報通信技術", "社会保障・障害と開発", "ジェンダーと開発", "平和構築", "ガバナンス", "その他",
)  # fmt: skip


def year_row(label: str, number: int, base: int, strong: bool = False) -> Row:
    """Twelve months that add up, the year before, and the change."""
    months = [base + (number * 37 + month * 11) % 97 for month in range(12)]
    total, before = sum(months), sum(months) - 40 + number * 7
    change = total - before
    texts = (
        *(f"{month:,}" for month in months), f"{total:,}", f"{before:,}",
        f"{'+' if change > 0 else '−'}{abs(change):,}", f"{'+' if change > 0 else '−'}{abs(change) / before * 100:.1f}",
    )  # fmt: skip
    cells = tuple(
        Cell(text, mark="訂" if (number, n) == (3, 5) else "", number=f"Y1-1.{number:02}{'abcdefghijklmnop'[n]}")
        for n, text in enumerate(texts)
    )
    return Row(label, cells, number=f"{number:02}", strong=strong)


def year_table(rows: int = 45, base: int = 81_000) -> Table:
    """Sixteen columns of numbers; among them states that are words."""
    body = [year_row(f"{FIELDS[n % len(FIELDS)]}（{n // len(FIELDS) + 1}）", n + 1, base) for n in range(rows - 1)]
    odd = (Cell("該当なし", "not_applicable"), Cell("0"), Cell("未入力", "missing"), Cell("＊"))
    body[1] = Row(body[1].label, (*odd, *body[1].cells[4:]), number="02")
    return Table(
        year_columns("分野", MONTHS), (*body, year_row("計", rows, base * 10, strong=True)),
        alt="15分野3区分の12か月。年度計は前年度を上回った", number="Y1-1", title="分野別の人材登録者数（月末現在）", unit="人",
        dense=True, notes=("訂：訂正一覧 No.1。年度計は各月の計。",),
    )  # fmt: skip


@cache
def photograph(seed: int, across: int = 900, down: int = 600, kind: str = "JPEG") -> bytes:
    """A drawn hall with rows of seats, which says where it was taken, as cameras do."""
    image = Image.new("RGB", (across, down), (226, 232, 240))
    draw = ImageDraw.Draw(image)
    draw.rectangle((across * 0.2, down * 0.1, across * 0.8, down * 0.45), fill=(250, 250, 250), outline=(90, 90, 90))
    for n in range(28):
        x, y = across * (0.1 + (n % 7) * 0.125), down * (0.55 + (n // 7) * 0.11)
        tone = (40 + (n * 31 + seed * 57) % 120, 60 + (n * 17) % 90, 120 + (n * 23 + seed * 11) % 110)
        draw.ellipse((x, y, x + across * 0.06, y + across * 0.06), fill=tone)
    camera = Image.Exif()
    camera[0x010F], camera[0x0112] = "見本カメラ", 1
    camera.get_ifd(0x8825)[2] = (35.0, 41.0, 22.0)
    out = BytesIO()
    image.save(out, kind, exif=camera)
    return out.getvalue()


@cache
def scan(pages: int = 2, across: int = 1240, down: int = 1754) -> bytes:
    """A PDF of scanned questionnaires."""
    sheets = []
    for page in range(1, pages + 1):
        sheet = Image.new("L", (across, down), 250)
        draw = ImageDraw.Draw(sheet)
        draw.rectangle((90, 90, across - 90, down - 90), outline=60, width=3)
        draw.text((140, 130), f"QUESTIONNAIRE  {page} / {pages}", fill=20, font_size=44)
        for line in range(12):
            top = 260 + line * (down - 420) // 12
            draw.line((140, top + 60, across - 140, top + 60), fill=120, width=2)
            draw.text((140, top), f"Q{line + 1}  1 - 2 - 3 - 4 - 5", fill=40, font_size=30)
            draw.ellipse(
                (250 + (line * page) % 5 * 55, top - 4, 290 + (line * page) % 5 * 55, top + 36), outline=10, width=3
            )
        sheets.append(sheet)
    out = BytesIO()
    sheets[0].save(out, "PDF", save_all=True, append_images=sheets[1:], resolution=150, creationDate=None, modDate=None)
    return out.getvalue()


def original(label: str, content: bytes, kind: str = "pdf") -> Original:
    return Original(label, content, kind, hashlib.sha256(content).hexdigest())  # type: ignore[arg-type]


SENTENCES = (
    "本年度は、国際協力人材センターの運営を三つの柱により進めた。第一に、登録者の拡大である。大学及び自治体と連携した説明会を年12回開き、"
    "延べ1,482人が参加した。第二に、求人情報の質の向上である。掲載前の確認項目を18項目に改め、差戻しの件数は前年度を下回った。",
    "第三に、相談の機会の拡大である。対面相談に加えてオンライン相談を週3日設け、地方に住む相談者の割合は41.2%となった。"
    "相談員の欠員により10月から11月までの相談枠が減ったが、12月の着任後に回復し、年度の目標を達成した。",
)
PLACES = "開催地は、札幌、仙台、東京、名古屋、大阪、広島、福岡及び那覇であり、うち4回はオンラインで同時に配信した。"


def narrative(chapters: int = 6) -> tuple[Block, ...]:
    """Several pages of running text with small headings, lists and findings."""
    found: list[Block] = []
    for n in range(1, chapters + 1):
        found += [
            Heading(f"（{n}）取組の経過と成果"), *(Paragraph(plain(text)) for text in SENTENCES),
            Bullets(
                (
                    plain("登録者向けの案内を全面的に改めた。"),
                    (Run("説明会の回数", bold=True), Run("を前年度の8回から12回に増やした。"), Run(PLACES, number="Y1-1.01m")),
                    (Run("相談員の欠員が2か月続いた。", attention=True), Run("要因は退職によるため、募集の時期を早める。")),
                )
            ),
            Finding("登録者が増えた（前年度比 +3,345人）", plain(SENTENCES[0][:90])),
        ]  # fmt: skip
    return tuple(found)


def photographs() -> tuple[Block, ...]:
    """One large, and three two by two."""
    entries = tuple(
        Picture(photograph(n, *size), "jpeg", f"会場の写真{n}。椅子に座る参加者の後ろ姿", caption, 90)
        for n, size, caption in (
            (1, (900, 600), "写真1　開会のあいさつ（令和8年9月26日、東京）"),
            (2, (900, 600), "写真2　登録説明の様子。手前は相談の受付。参加者には資料3点と登録の手順書を配った。"),
            (3, (600, 900), "写真3　個別相談"),
        )
    )
    large = Picture(photograph(4, 2400, 1350, "PNG"), "png", "セミナー会場の全景", "写真0　会場の全景", 170)
    return (Heading("当日の様子"), large, Pictures(entries))


def annexes() -> tuple[Block, ...]:
    """A questionnaire of two pages, one that lies on its side, and a picture of a postcard."""
    return (
        original("アンケート用紙 No.001（9月26日 東京会場）", scan(2)),
        original("集計表（横長）", scan(1, 1754, 1240)),
        original("はがき No.12", photograph(5, 900, 600, "PNG"), "png"),
    )


def wide() -> Document:
    """Long texts, turned pages, photographs and originals in one document."""
    return short(
        Section("年間の取組", number="Y0", source="別紙5 年次報告書", message=plain("三つの柱による取組は、いずれも目標を達成した。")),
        *narrative(),
        Plans(tuple(Entry(f"{n % 12 + 1}月{n % 28 + 1}日", f"第{n}回の登録説明会を開く") for n in range(1, 75))),
        Section("分野別の推移", number="Y1", landscape=True, message=plain("年度計は前年度を上回った。")),
        year_table(),
        NoteBox(plain("各月の値は月末現在による。"), title="注"),
        Section("年度の比較", number="Y2", landscape=True, new_page=False),
        year_table(6),
        Section("セミナーの記録", number="Y3", remark="写真4枚"),
        KeyValues((("開催日", plain("令和8年9月26日（土）13:00〜16:30")), ("会場", plain("例示会館（東京都）、オンライン")))),
        *photographs(),
        Section("収集した原本", number="Y4", message=plain("原本4頁を添付する。")),
        *annexes(),
        Section("終わりに", new_page=False),
        Paragraph(plain("以上である。")),
    )  # fmt: skip


def with_heads(document: Document) -> Document:
    """The document with the running heads of the monthly sample."""
    from dataclasses import replace

    model = report()
    return replace(
        document, header_left=model.header_left, header_right=model.header_right, footer_left=model.footer_left,
        footer_right=model.footer_right,
    )  # fmt: skip
