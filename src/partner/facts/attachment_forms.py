"""What an attached file is, by what it holds and not by its name: a PDF that opens without a password, a whole picture."""

from io import BytesIO

from partner.common.refusal import Refusal
from partner.facts.models.attachments import Attachment

PICTURES = ("png", "jpeg")
MOST_DOTS = 80_000_000  # of a picture; no document takes more
_HEADS = {b"%PDF-": "pdf", b"\x89PNG\r\n": "png", b"\xff\xd8\xff": "jpeg"}


def form_of(content: bytes, role: str) -> str:
    """pdf, png or jpeg. Raises Refusal `bad_form` and `encrypted`."""
    form = next((form for begins, form in _HEADS.items() if content.startswith(begins)), "")
    if not form:
        raise Refusal("bad_form", "PDF、PNG、JPEGのファイルではありません。")
    if role == Attachment.Role.PHOTO and form not in PICTURES:
        raise Refusal("bad_form", "写真はPNGかJPEGにしてください。")
    if form in PICTURES:
        _must_be_a_picture(content, form)
    else:
        _must_open(content)
    return form


def _must_be_a_picture(content: bytes, form: str) -> None:
    from PIL import Image

    try:
        with Image.open(BytesIO(content), formats=(form.upper(),)) as picture:
            dots = picture.width * picture.height
            if form == "jpeg":
                picture.draft("L", (64, 64))
                picture.load()  # one that was cut off is found no other way
            else:
                picture.verify()
    except Exception as error:
        raise Refusal("bad_form", "画像が壊れていて読めません。") from error
    if dots > MOST_DOTS:
        raise Refusal("bad_form", "画像の画素が多すぎます。8,000万画素までに小さくしてください。")


def _must_open(content: bytes) -> None:
    """As the documents want it, which annex it page by page: no password, no repair."""
    import pikepdf

    try:
        with pikepdf.open(BytesIO(content), attempt_recovery=False, suppress_warnings=True) as file:
            is_encrypted, count = file.is_encrypted, len(file.pages)
    except pikepdf.PasswordError:
        is_encrypted, count = True, 0
    except pikepdf.PdfError as error:
        raise Refusal("bad_form", "PDFが壊れていて開けません。もう一度PDFに保存し直してください。") from error
    if is_encrypted:
        message = "パスワードや権限の設定で暗号化されたPDFは登録できません。解除して保存し直してください。"
        raise Refusal("encrypted", message)
    if not count:
        raise Refusal("bad_form", "ページのないPDFです。")
