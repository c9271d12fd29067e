"""The roles, and what each may do. One table; nothing else decides."""

from django.db import models


class Role(models.TextChoices):
    """As in the contract's organisation; the values are the interface's names."""

    REGISTRANT = "registrant", "人材登録者"
    ORGANIZATION = "organization", "団体"
    COUNSELLOR = "counsellor", "相談員"
    OFFICE = "office", "事務局"
    OPERATOR = "operator", "システム運用"
    REPORTER = "reporter", "報告担当"
    CHECKER = "checker", "点検"
    MANAGER = "manager", "業務責任者"
    ADMIN = "admin", "管理者"
    JICA = "jica", "確認者（機構）"


# What a role may do, in the words that its people read.
PERMISSIONS = {
    "account.own": "自分のログインの設定を変える",
    "desk.see": "デスクを開く",
    "reports.see": "報告書を見る",
    "reports.prepare": "報告書を作る（本文、データ締切、点検の依頼）",
    "reports.check": "報告書を点検する・作成中へ戻す",
    "reports.approve": "報告書を承認する・取り下げる",
    "reports.submit": "報告書を提出する・受領を記録する",
    "reports.assign": "報告書の担当・代理・期限の変更を決める",
    "reports.comment": "報告書にコメントする",
    "reports.review": "提出された報告書を確認画面で見る",
    "reports.accept": "提出された報告書を受理する・差し戻す",
    "enquiries.see": "照会の回答を見る",
    "enquiries.make": "照会に回答を作る",
    "enquiries.approve": "照会の回答を承認する",
    "agreements.see": "合意事項・打合簿・変更契約を見る",
    "agreements.keep": "合意事項・打合簿・変更契約を記録する",
    "agreements.answer": "合意事項に機構として回答する",
    "calendar.see": "期限カレンダーを見る",
    "outbox.see": "メールの送信記録を見る",
    "outbox.decide": "送れなかったメールをどうするか決める",
    "figures.see": "数値と数え方を見る",
    "records.see": "数値の元の記録を見る（番号と日付）",
    "records.names": "登録者の氏名・連絡先を見る",
    "intake.see": "取込の履歴と記録のそろいを見る",
    "intake.load": "表計算ファイルを取り込む・取込を取り消す",
    "files.see": "添付ファイル（調査の原本、写真、資料、証憑）を見る",
    "files.keep": "添付ファイルを登録する・取り下げる",
    "references.see": "前フェーズの報告書を開く",
    "references.keep": "前フェーズの報告書を登録する・取り下げる",
    "records.erase": "登録者の情報を消去する",
    "master.see": "定義・期限・様式を見る",
    "master.change": "定義・期限・様式の変更を書く",
    "master.propose": "定義・期限・様式の変更を提案する",
    "master.record": "定義・期限・様式の変更を記録する",
    "audit.see": "監査記録を見る",
    "users.manage": "利用者と権限を管理する",
}
_OWN = {"account.own"}
_STAFF = _OWN | {"desk.see", "figures.see", "reports.see", "references.see", "calendar.see"}
_INTAKE = {"intake.see", "intake.load", "files.see", "files.keep"}
_DESK = {"reports.comment", "reports.review", "enquiries.see", "agreements.see"}
_ANSWERING = {"enquiries.make", "agreements.keep"}
_TABLE: dict[str, set[str]] = {
    "registrant": _OWN,
    "organization": _OWN,
    "counsellor": _STAFF,
    "office": _STAFF | _INTAKE | {"records.see", "records.names", "records.erase", "references.keep"},
    "operator": _STAFF | _INTAKE | {"records.see"},
    "reporter": _STAFF
    | _INTAKE
    | _DESK
    | _ANSWERING
    | {
        "records.see",
        "master.see",
        "references.keep",
        "reports.prepare",
        "reports.submit",
        "outbox.see",
        "outbox.decide",
    },
    "checker": _STAFF
    | _DESK
    | {"records.see", "intake.see", "files.see", "master.see", "reports.check", "enquiries.approve"},
    "manager": _STAFF
    | _INTAKE
    | _DESK
    | _ANSWERING
    | {"records.see", "references.keep", "master.see", "master.change", "master.propose", "audit.see"}
    | {"reports.prepare", "reports.check", "reports.approve", "reports.submit", "reports.assign", "enquiries.approve"}
    | {"outbox.see", "outbox.decide"},
    "admin": _STAFF
    | {
        "records.see",
        "intake.see",
        "master.see",
        "master.change",
        "master.record",
        "audit.see",
        "users.manage",
        "outbox.see",
    },
    "jica": (_STAFF - {"reports.see"}) | _DESK | {"records.see", "intake.see", "reports.accept", "agreements.answer"},
}


def may(role: str, permission: str) -> bool:
    """Whether the role holds the permission."""
    return permission in _TABLE.get(role, set())


def holders(permission: str) -> list[str]:
    """The roles that hold the permission, in their order."""
    return [role for role in Role.values if may(role, permission)]
