"""All settings, read from the environment; without one, the embedded defaults: SQLite, a file broker, simulators.

Embedded (the default) is for one machine and a fresh clone. Production sets DEBUG=0 and the variables below; a
missing one stops the start with its name. `manage.py doctor` explains an installation in sentences.
"""

from pathlib import Path

import django_stubs_ext
import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from portal import logs, secrets
from portal.sign_in import *  # noqa: F403

django_stubs_ext.monkeypatch()  # ModelAdmin[Case] and its like work at run time

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# How it runs ---------------------------------------------------------------------------------------------------
DEBUG = env.bool("DEBUG", default=True)
EMBEDDED = env.bool("EMBEDDED", default=DEBUG)  # simulators and the outbox page are shown, HTTPS is not demanded
VAR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))  # everything a running portal writes on this machine
if EMBEDDED:
    VAR.mkdir(parents=True, exist_ok=True)


def secret(name: str) -> str:
    """A secret from the environment; in DEBUG one made once and kept in VAR_DIR; otherwise refuse to start."""
    value: str = env.str(name, default="")
    if value:
        return value
    if DEBUG:
        return secrets.kept(VAR / "secrets.json", name)
    raise ImproperlyConfigured(f"DEBUG is off and {name} is not set. Set {name} in the environment (see README.md).")


SECRET_KEY = secret("SECRET_KEY")
DATA_KEYS = secret("DATA_KEYS").split(",")  # "id:base64 of 32 bytes", newest first: encryption of personal data
INDEX_KEY = secret("INDEX_KEY")  # HMAC key of blind indexes, apart from the data keys
ANCHOR_KEY = secret("ANCHOR_KEY")  # signs the daily anchor over all timelines

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if EMBEDDED else [])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_URL = env.str("SITE_URL", default="http://localhost:8000")  # in mails and SMS
SUPPORT_PHONE = env.str("SUPPORT_PHONE", default="400-000-0000")  # whom people call when they are stuck

INSTALLED_APPS = [
    "portal",
    "desk",
    "support",
    "devices",
    "onboarding",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "csp",
    "django_htmx",
    "django_structlog",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "portal.safety.PermissionsPolicy",
    "csp.middleware.CSPMiddleware",  # outside of the static files: a drawing (SVG) may hold a script as well
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "portal.middleware.PlainPages",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.middleware.IdleTimeout",
    "portal.middleware.SecondFactor",
    "onboarding.handover.session.LimitedSession",
    "django_htmx.middleware.HtmxMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "portal.middleware.Readable",
    "onboarding.device.DeviceMiddleware",  # outside of the view's transaction: what it keeps never undoes a form
    "portal.once.Once",  # the innermost: its transaction is the view's
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.portal",
            ],
            "string_if_invalid": "",
        },
    }
]

# Data ----------------------------------------------------------------------------------------------------------
_sqlite = f"sqlite:///{VAR / 'kaitong.sqlite3'}"
DATABASES = {"default": env.db_url("DATABASE_URL", default=_sqlite)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
CACHES = {"default": env.cache_url("CACHE_URL", default="dbcache://portal_cache")}
if CACHES["default"]["BACKEND"].endswith("DatabaseCache"):  # by default it forgets, after 300 rows, whom it counted
    CACHES["default"].setdefault("OPTIONS", {"MAX_ENTRIES": 100_000})

# Private files: originals and pages of documents, agreements. Never below a web root.
STORAGE_URL = env.str("STORAGE_URL", default="")  # a folder of this machine, or s3://… (portal/s3.py says how)
_folder_storage = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": VAR / "files"}}
STORAGES = {
    "default": {"BACKEND": "portal.s3.S3Storage", "OPTIONS": {"url": STORAGE_URL}} if STORAGE_URL else _folder_storage,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if EMBEDDED:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = env.path("STATIC_ROOT", default=str(BASE_DIR / "static-collected"))()
WHITENOISE_USE_FINDERS = EMBEDDED
# Uploads of papers: what the house takes at most; a kind of the document matrix may take less. Told before one chooses.
UPLOAD_FORMATS = env.list("UPLOAD_FORMATS", default=["jpeg", "png", "webp", "heic", "pdf"])
UPLOAD_MAX_MB = env.int("UPLOAD_MAX_MB", default=15)  # a file; more of it is not kept anywhere, not even for a moment
UPLOAD_MAX_PAGES = env.int("UPLOAD_MAX_PAGES", default=40)  # of one kind of paper
UPLOAD_HOURS = env.int("UPLOAD_HOURS", default=24)  # the pieces of an interrupted upload wait so long for the rest
FILE_UPLOAD_HANDLERS = [
    "portal.uploads.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

# The seal under signed agreements: key and certificate; the embedded mode makes its own.
SEAL_PKCS12 = env.str("SEAL_PKCS12", default=str(VAR / "seal.p12") if EMBEDDED else "")
SEAL_PASSWORD = env.str("SEAL_PASSWORD", default="")

# Work that waits -----------------------------------------------------------------------------------------------
CELERY_BROKER_URL = env.str("BROKER_URL", default="filesystem://")
if CELERY_BROKER_URL == "filesystem://":
    for _folder in ("queue", "control"):
        (VAR / "broker" / _folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(VAR / "broker" / "queue"),
        "data_folder_out": str(VAR / "broker" / "queue"),
        "control_folder": str(VAR / "broker" / "control"),
        "processed_folder": None,
        "store_processed": False,
    }
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 120  # seconds; a lease is never shorter (onboarding.models.Notice.LEASE)
CELERY_TASK_SOFT_TIME_LIMIT = 100
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "beat-schedule")
_sweep = env.float("SWEEP_SECONDS", default=60.0)
CELERY_BEAT_SCHEDULE = {  # a ring that no worker heard in time is dropped: the next one does its work
    "heartbeat": {"task": "portal.heartbeat", "schedule": 20.0, "options": {"expires": 20}},
    "sweep": {"task": "onboarding.sweep", "schedule": _sweep, "options": {"expires": _sweep}},
    "devices": {"task": "devices.sweep", "schedule": _sweep, "options": {"expires": _sweep}},
    "support": {"task": "support.sweep", "schedule": _sweep, "options": {"expires": _sweep}},
    "purge": {"task": "onboarding.purge", "schedule": 6 * 3600.0, "options": {"expires": 3600}},
    "accounts": {"task": "onboarding.accounts", "schedule": 6 * 3600.0, "options": {"expires": 3600}},
    "uploads": {"task": "onboarding.uploads", "schedule": 3600.0, "options": {"expires": 3600}},
    "forms": {"task": "portal.forget_forms", "schedule": 6 * 3600.0, "options": {"expires": 3600}},
    "anchor": {"task": "onboarding.anchor", "schedule": 6 * 3600.0, "options": {"expires": 3600}},
}

# People --------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "onboarding.User"
AUTHENTICATION_BACKENDS = ["onboarding.registration.backend.Backend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/home/"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = EMBEDDED  # http://localhost
STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", default=not EMBEDDED)  # off only in a demonstration
STAFF_IDLE_MINUTES = env.int("STAFF_IDLE_MINUTES", default=30)
REVIEW_IDLE_MINUTES = env.int("REVIEW_IDLE_MINUTES", default=30)  # then a case goes back into the queue; 0: never
REVIEW_IDLE_WARNING_MINUTES = env.int("REVIEW_IDLE_WARNING_MINUTES", default=5)  # so long before, its page says so
MERCHANT_IDLE_MINUTES = env.int("MERCHANT_IDLE_MINUTES", default=12 * 60)
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=1 if env.bool("BEHIND_PROXY", default=False) else 0)

# Words and time ------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600  # the choice of a language outlives the browser
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
FORMAT_MODULE_PATH = ["portal.formats"]
CRISPY_ALLOWED_TEMPLATE_PACKS = "kaitong"
CRISPY_TEMPLATE_PACK = "kaitong"

# Mail and the outside parties: simulators unless the environment names an adapter --------------------------------
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", default="Kaitong 开通 <notice@kaitong.example>")
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
GATEWAYS = {
    name: env.str(f"GATEWAY_{name.upper()}", default="simulator")
    for name in (
        "sms",
        "mail",
        "registry",
        "person",
        "risk_list",
        "bank",
        "payment",
        "courier",
        "acquirer",
        "tms",
        "signing",
        "antivirus",
    )
}
GATEWAY_OPTIONS = {  # portal.gateways.base.Options: how to reach those that are real
    name: {
        "url": env.str(f"GATEWAY_{name.upper()}_URL", default=""),
        "key_id": env.str(f"GATEWAY_{name.upper()}_KEY_ID", default=""),
        "secret": env.str(f"GATEWAY_{name.upper()}_SECRET", default=""),
        "timeout": env.float(f"GATEWAY_{name.upper()}_TIMEOUT", default=10.0),
    }
    for name in GATEWAYS
}

# How long things are kept ----------------------------------------------------------------------------------------
DRAFT_DAYS = env.int("DRAFT_DAYS", default=90)  # a draft never handed in, since its people last did something
APPEAL_DAYS = env.int("APPEAL_DAYS", default=30)  # a rejected merchant may ask so long for reconsideration
RETENTION_YEARS = env.int("RETENTION_YEARS", default=10)  # a case after its end: the anti-money-laundering law
EXPORT_HOURS = env.int("EXPORT_HOURS", default=24)  # "my data" waits so long to be fetched

# Safety --------------------------------------------------------------------------------------------------------
HTTPS = env.bool("HTTPS", default=not EMBEDDED)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
if HTTPS:  # a browser takes such a name only from this host, over HTTPS, for the whole site: no neighbour can set it
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
SECURE_SSL_REDIRECT = HTTPS and env.bool("SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31536000 if HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS and bool(SECURE_HSTS_SECONDS)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True  # forms carry the token
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "portal.views.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

LOGGING = logs.configured(level=env.str("LOG_LEVEL", default="INFO"), for_people=EMBEDDED)
