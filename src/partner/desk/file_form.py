"""The form for files about one thing: what they are, the files, how they are called."""

from typing import Any

from django import forms

from partner.desk.file_subjects import SURVEYS, Subject
from partner.facts.attachments import MAX_BYTES
from partner.facts.models import Attachment

_R = Attachment.Role
_CHOOSE = [("", "選んでください")]


class _Several(forms.FileInput):
    allow_multiple_selected = True


class _Files(forms.FileField):
    """All files of the field, as a list; what each holds is looked at when it is kept."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Each file as the field takes it. Raises ValidationError where there is none."""
        return [super(_Files, self).clean(one, initial) for one in data or [None]]


class FileForm(forms.Form):
    """Several files at once where they are originals, one at a time else."""

    role = forms.ChoiceField(label="種類", error_messages={"required": "種類を選んでください。"})
    survey = forms.ChoiceField(label="どの調査の原本か", required=False)
    brought = _Files(
        label="ファイル", allow_empty_file=True,
        error_messages={"required": "ファイルを選んでください。", "invalid": "ファイルを選んでください。"},
        widget=_Several(attrs={"accept": ".pdf,.png,.jpg,.jpeg", "data-most": MAX_BYTES, "multiple": True}),
    )  # fmt: skip
    title = forms.CharField(
        label="名称", max_length=120, required=False,
        help_text="空なら、ファイルの名前（拡張子を除く）になります。報告書に載るので、個人の名前を入れないでください。",
    )  # fmt: skip
    alt = forms.CharField(
        label="何が写っているか（代替テキスト）", max_length=200, required=False,
        help_text="写真を見られない人に読み上げられ、報告書の写真に付きます。例：参加者が席から講演を聞いている。",
    )  # fmt: skip

    def __init__(self, subject: Subject, labels: dict[str, str], *args: Any, **more: Any) -> None:
        """`labels`: the surveys' names as of now."""
        super().__init__(*args, **more)
        role, survey = self.fields["role"], self.fields["survey"]
        role.choices = [(one.value, one.label) for one in subject.roles]  # type: ignore[attr-defined]
        survey.choices = [*_CHOOSE, *((code, labels[code]) for code in SURVEYS)]  # type: ignore[attr-defined]
        for field in (survey, self.fields["alt"]):
            field.at_times = True  # type: ignore[attr-defined]
        if len(subject.roles) == 1:
            role.widget, role.initial = forms.HiddenInput(), subject.roles[0].value
        else:
            role.choices = [*_CHOOSE, *role.choices]  # type: ignore[attr-defined]
        for wanted, name in ((_R.ORIGINAL, "survey"), (_R.PHOTO, "alt")):
            if wanted not in subject.roles:
                del self.fields[name]
        self.fields["brought"].help_text = _help(subject)

    def clean(self) -> dict[str, Any]:
        """What only some roles need, and several files only where they can be told apart by number alone."""
        told: dict[str, Any] = super().clean() or {}
        role = told.get("role")
        if role == _R.ORIGINAL and not told.get("survey"):
            self.add_error("survey", "原本は、どの調査のものかを選んでください。")
        if role == _R.PHOTO and not told.get("alt"):
            self.add_error("alt", "写真には、何が写っているかの説明が必要です。")
        if role and role != _R.ORIGINAL and len(told.get("brought", [])) > 1:
            self.add_error("brought", "一度に何件も登録できるのは原本だけです。1件ずつ選んでください。")
        return told


def _help(subject: Subject) -> str:
    photos = "（写真はPNGかJPEG）" if _R.PHOTO in subject.roles else ""
    plain = f"PDF、PNG、JPEG{photos}。1件20 MBまで。"
    several = "原本は一度に100件・合計100 MBまで選べます。ファイル名の順に、次の番号から続けて番号が付きます。"
    return plain + several if _R.ORIGINAL in subject.roles else plain + "番号は自動で付きます。"
