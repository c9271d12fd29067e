"""The demonstration Centre: fictional, deterministic, and said to be fictional on every page and paper."""

PASSWORD = "partner-demo-2026"  # noqa: S105  (printed on the sign-in page; the Centre is fictional)

# user name, display name, role
USERS = (
    ("demo-reporter", "見本 花子", "reporter"),
    ("demo-checker", "架空 健太", "checker"),
    ("demo-manager", "想定 望月", "manager"),
    ("demo-office", "例示 太郎", "office"),
    ("demo-counsellor", "例田 一郎", "counsellor"),
    ("demo-operator", "仮名 望", "operator"),
    ("demo-admin", "仮設 恵", "admin"),
    ("demo-jica", "監督 架空子", "jica"),
)
_ROLE_LABELS = {
    "reporter": "報告担当", "checker": "点検", "manager": "業務責任者", "office": "事務局", "counsellor": "相談員",
    "operator": "システム運用", "admin": "管理者", "jica": "確認者（機構）",
}  # fmt: skip
SIGN_INS = [(name, PASSWORD, f"{_ROLE_LABELS[role]}　{display}") for name, display, role in USERS]
