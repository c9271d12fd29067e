"""Settings. Everything that differs between machines comes from the environment or the data folder."""

import os
import secrets
from pathlib import Path
from urllib.parse import quote

import environ
from csp.constants import NONCE, NONE, SELF

env = environ.Env()
PACKAGE = Path(__file__).resolve().parents[1]
BASE_DIR = PACKAGE.parents[1]
DATA = Path(env.str("PARTNER_DATA", default=str(BASE_DIR / "data"))).expanduser().resolve()
DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
UPLOADS = DATA / "uploads"  # sheets hold names: not even half of one ever lies in the machine's own temporary folder
UPLOADS.mkdir(mode=0o700, exist_ok=True)


def _kept_secret(name: str) -> str:
    """A secret made once and kept in the data folder, readable by its owner alone."""
    path = DATA / name
    try:
        fd = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(fd, "w") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text()


SECRET_KEY = env.str("SECRET_KEY", default="") or _kept_secret("session.key")
# Signs what the ledger keeps of source row keys; never changed, else the same old sheet would not be recognised.
SOURCE_KEY_SECRET = env.str("SOURCE_KEY_SECRET", default="") or _kept_secret("source.key")

# Mail goes out through this server; each conversation ends within the timeout.
EMAIL_HOST = env.str("EMAIL_HOST", default="localhost")
EMAIL_PORT = env.int("EMAIL_PORT", default=25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=30)
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", default="partner@localhost")

# Links in delivered papers lead here.
PUBLIC_URL = env.str("PUBLIC_URL", default="http://localhost:8000")
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]", "testserver"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Proxies in front whose X-Forwarded-For is believed: addresses, networks, or `unix` for one that speaks over a socket.
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "partner.common",
    "partner.ledger",
    "partner.master",
    "partner.files",
    "partner.work",
    "partner.outbox",
    "partner.accounts",
    "partner.facts",
    "partner.figures",
    "partner.reports",
    "partner.submissions",
    "partner.desk",
    "partner.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "partner.facts.access.serving.PageViewMiddleware",
    "csp.middleware.CSPMiddleware",
    "partner.ledger.middleware.ReadingMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "partner.accounts.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "partner.config.urls"
WSGI_APPLICATION = "partner.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "partner.desk.navigation.context",
            ],
        },
    }
]

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{quote(str(DATA / 'partner.sqlite3'))}")}
DATABASES["default"]["ATOMIC_REQUESTS"] = False  # a page that only reads opens no transaction
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",  # the write lock is taken at BEGIN: the tick's lock, and no upgrade deadlocks
        "timeout": 30,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON; "
            "PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456; PRAGMA temp_store=FILE;"
        ),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Rate limits of the sign-in are shared by all processes and stay out of the database's write lock.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": DATA / "cache"}}

AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "partner.accounts.adapter.AccountAdapter"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
SESSION_COOKIE_AGE = 12 * 60 * 60
ACCOUNT_FORMS = {
    "login": "partner.accounts.forms.LoginForm",
    "reauthenticate": "partner.accounts.forms.ReauthenticateForm",
    "change_password": "partner.accounts.forms.ChangePasswordForm",
}
MFA_FORMS = {
    "authenticate": "partner.accounts.forms.CodeForm",
    "reauthenticate": "partner.accounts.forms.CodeAgainForm",
    "activate_totp": "partner.accounts.forms.ActivateForm",
    "add_webauthn": "partner.accounts.forms.AddKeyForm",
    "edit_webauthn": "partner.accounts.forms.EditKeyForm",
}
FORM_RENDERER = "partner.accounts.forms.Renderer"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "PARTNER"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = env.bool("PARTNER_LOCAL", default=True)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:home"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.bool("PARTNER_TLS", default=False)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # photographs of a report stand in its page; no script comes in a picture
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", "日本語"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Tokyo"
USE_TZ = True
USE_I18N = True

FILE_UPLOAD_TEMP_DIR = UPLOADS
FILE_UPLOAD_HANDLERS = [
    "partner.files.receiving.Limit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [PACKAGE / "static", ("documents", PACKAGE / "documents" / "static")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True  # served from the source tree: nothing to collect before the first start
WHITENOISE_AUTOREFRESH = DEBUG
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008"]  # TLS and HSTS belong to the proxy in front
