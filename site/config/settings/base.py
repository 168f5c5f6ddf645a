"""Settings that hold everywhere. What differs is in dev, test and production."""

from __future__ import annotations

from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config.env import ROOT, data_dir, env

BASE_DIR = ROOT
DATA_DIR = data_dir()

SECRET_KEY: str = env.str("PARKNETT_SECRET_KEY", "")
DEBUG = False
# The address is unique whatever its case, by a constraint on LOWER(email), which the check cannot see.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
ALLOWED_HOSTS: list[str] = env.list("PARKNETT_ALLOWED_HOSTS", [])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("PARKNETT_TRUSTED_ORIGINS", [])
BASE_URL: str = env.str("PARKNETT_BASE_URL", "http://127.0.0.1:8000")

INSTALLED_APPS = [
    "config",
    "operations",
    "ui",
    "accounts",
    "activity",
    "alerts",
    "pages",
    "network.parks",
    "network.organisations",
    "network.facilities",
    "network.forum",
    "search",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.sites",
    "accounts.people_app.PeopleAppConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks_db",
    "django_filters",
    "import_export",
    "csp",
    "ninja",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.forms",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "operations.middleware.MaintenanceMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "operations.middleware.ContentSecurityPolicyMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["ui.templatetags.ui", "django.templatetags.i18n"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ui.context.site_chrome",
            ],
        },
    }
]
FORM_RENDERER = "ui.forms.ThemeRenderer"

DATABASES: dict[str, dict[str, Any]] = {
    "default": env.dj_db_url("DATABASE_URL", f"sqlite:///{DATA_DIR / 'db.sqlite3'}")
}
_database = DATABASES["default"]
_database["CONN_MAX_AGE"] = 600
if _database["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: a transaction that will write takes its lock at once and waits for it, instead of
    # failing half-way when two of them try to upgrade.
    _database["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
            "PRAGMA mmap_size=134217728; PRAGMA cache_size=-20000;"
        ),
    }
else:
    _database["CONN_HEALTH_CHECKS"] = True
if _database["ENGINE"] == "django.db.backends.postgresql":
    _database["ENGINE"] = "config.postgresql"

CACHES = {"default": env.dj_cache_url("PARKNETT_CACHE_URL", "locmem://parknett")}
if CACHES["default"]["BACKEND"].endswith("LocMemCache"):
    # Rendered parts of pages are kept per process; a shared cache sets its own bounds.
    CACHES["default"]["OPTIONS"] = {"MAX_ENTRIES": 2_000}

# People -----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.common_words.CommonWordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
# A code is typed where one signs up, whatever device the mail is read on; who has closed that page
# logs in and gets a new one. (Changing the address there would tell known ones from unknown.)
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 30 * 60
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_FORMAT = {"numeric": True, "length": 6}
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_MAX_EMAIL_ADDRESSES = 5
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_RATE_LIMITS = {"confirm_email": "3/m/key"}
ACCOUNT_FORMS = {
    "signup": "accounts.signup.SignupForm",
    "confirm_email_verification_code": "accounts.signup.ConfirmCodeForm",
}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ALLAUTH_TRUSTED_PROXY_COUNT: int = env.int("PARKNETT_TRUSTED_PROXIES", 0)
NINJA_NUM_PROXIES = ALLAUTH_TRUSTED_PROXY_COUNT
API_RATE: str = env.str("PARKNETT_API_RATE", "600/m")
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Parknett"
MFA_FORMS = {
    "add_webauthn": "accounts.passkeys.AddKeyForm",
    "edit_webauthn": "accounts.passkeys.EditKeyForm",
}
USERSESSIONS_TRACK_ACTIVITY = False

# Log-in by others: each that has a client id here gets its button.
SOCIALACCOUNT_ADAPTER = "accounts.openid.linking.LinkingAdapter"
SOCIALACCOUNT_FORMS = {"signup": "accounts.openid.forms.FirstVisitForm"}
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
_idporten_issuer: str = env.str("PARKNETT_IDPORTEN_ISSUER", "https://idporten.no")
_feide_issuer: str = env.str("PARKNETT_FEIDE_ISSUER", "https://auth.dataporten.no")
_openid_apps = [
    {
        "provider_id": "idporten",
        "name": "ID-porten",
        "client_id": env.str("PARKNETT_IDPORTEN_CLIENT_ID", ""),
        "secret": env.str("PARKNETT_IDPORTEN_CLIENT_SECRET", ""),
        "settings": {
            "issuer": _idporten_issuer.rstrip("/"),
            "server_url": _idporten_issuer.rstrip("/"),
            "scope": ["openid", "profile"],
            "acr": env.list(
                "PARKNETT_IDPORTEN_ACR", ["idporten-loa-substantial", "idporten-loa-high"]
            ),
            # It tells nothing more of a person than the token does.
            "fetch_userinfo": False,
        },
    },
    {
        "provider_id": "feide",
        "name": "Feide",
        "client_id": env.str("PARKNETT_FEIDE_CLIENT_ID", ""),
        "secret": env.str("PARKNETT_FEIDE_CLIENT_SECRET", ""),
        "settings": {
            "issuer": _feide_issuer.rstrip("/"),
            "server_url": _feide_issuer.rstrip("/"),
            "scope": ["openid", "profile", "email"],
        },
    },
]
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "provider_class": "accounts.openid.provider.StrictProvider",
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [app for app in _openid_apps if app["client_id"]],
    }
}

# Language and time ------------------------------------------------------------------------------
LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Norsk bokmål"), ("en", "English")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
LOCALE_PATHS = sorted(path for path in (ROOT / "locale").glob("*") if path.is_dir())
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Oslo"
FORMAT_MODULE_PATH = ["config.formats"]
WAGTAIL_I18N_ENABLED = True

# Files ------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STATICFILES_DIRS: list[str] = []
# Uploads that not everybody may read; a view that checks who asks hands them out.
PRIVATE_ROOT = DATA_DIR / "private"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "operations.storage.WholeFileStorage"},
    "private": {
        "BACKEND": "operations.storage.WholeFileStorage",
        "OPTIONS": {"location": PRIVATE_ROOT, "base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MAX_UPLOAD_BYTES = 20 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Tasks and mail ---------------------------------------------------------------------------------
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
EMAIL_CONFIG = env.dj_email_url("PARKNETT_EMAIL_URL", "console:")
EMAIL_BACKEND: str = EMAIL_CONFIG["EMAIL_BACKEND"]
if EMAIL_BACKEND == "django.core.mail.backends.console.EmailBackend":
    EMAIL_BACKEND = "operations.mail.TextBackend"
EMAIL_HOST: str = EMAIL_CONFIG.get("EMAIL_HOST") or "localhost"
EMAIL_PORT: int = EMAIL_CONFIG.get("EMAIL_PORT") or 25
EMAIL_HOST_USER: str = EMAIL_CONFIG.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD: str = EMAIL_CONFIG.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS: bool = EMAIL_CONFIG.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL: bool = EMAIL_CONFIG.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL: str = env.str("PARKNETT_FROM_EMAIL", "Parknett <parknett@localhost>")
# Where mail servers send what they cannot deliver; empty: to the sender.
BOUNCE_EMAIL: str = env.str("PARKNETT_BOUNCE_EMAIL", "")
# Where people answer what the forum wrote to them; empty: on the site alone.
REPLY_ADDRESS: str = env.str("PARKNETT_REPLY_ADDRESS", "")
# Whose Authentication-Results are believed: the name that our own mail server writes there.
REPLY_AUTHSERV_ID: str = env.str("PARKNETT_REPLY_AUTHSERV_ID", "")

# Forum ------------------------------------------------------------------------------------------
# How much one person may write; the last holds until the forum knows somebody.
FORUM_POSTS_A_MINUTE: int = env.int("PARKNETT_FORUM_POSTS_A_MINUTE", 6)
FORUM_POSTS_AN_HOUR: int = env.int("PARKNETT_FORUM_POSTS_AN_HOUR", 60)
FORUM_FIRST_POSTS_AN_HOUR: int = env.int("PARKNETT_FORUM_FIRST_POSTS_AN_HOUR", 10)
# An unanswered question is sent on to people who know about such things, then waits for staff.
FORUM_ROUTE_AFTER_HOURS: int = env.int("PARKNETT_FORUM_ROUTE_AFTER_HOURS", 4)
FORUM_ROUTED_A_WEEK: int = env.int("PARKNETT_FORUM_ROUTED_A_WEEK", 3)
FORUM_UNANSWERED_DAYS: int = env.int("PARKNETT_FORUM_UNANSWERED_DAYS", 2)
FORUM_OVERDUE_DAYS: int = env.int("PARKNETT_FORUM_OVERDUE_DAYS", 7)

# Search -----------------------------------------------------------------------------------------
# Empty: the embedded engine in DATA_DIR. An http(s) address: Elasticsearch or OpenSearch.
SEARCH_URL: str = env.str("SEARCH_URL", "")
SEARCH_INDEX_DIR = DATA_DIR / "index"
SEARCH_INDEX_NAME: str = env.str("PARKNETT_SEARCH_INDEX", "parknett")
SEARCH_TIMEOUT_SECONDS: float = env.float("PARKNETT_SEARCH_TIMEOUT", 2.0)

# Test facilities --------------------------------------------------------------------------------
# Days since an entry was confirmed until its owners are asked, it is marked, ranked lower, hidden;
# the last is how long before it is hidden they are told. Checked when the site starts.
FACILITY_CONFIRMATION_DAYS: dict[str, int] = {
    "ask": env.int("PARKNETT_CONFIRM_ASK_DAYS", 180),
    "mark": env.int("PARKNETT_CONFIRM_MARK_DAYS", 210),
    "lower": env.int("PARKNETT_CONFIRM_LOWER_DAYS", 270),
    "hide": env.int("PARKNETT_CONFIRM_HIDE_DAYS", 365),
    "remind": env.int("PARKNETT_CONFIRM_REMIND_DAYS", 14),
}

# Registers --------------------------------------------------------------------------------------
# The Central Coordinating Register's open interface; empty: nothing is looked up.
BRREG_URL: str = env.str("PARKNETT_BRREG_URL", "")

# Maps -------------------------------------------------------------------------------------------
MAP_TILE_URL: str = env.str(
    "PARKNETT_MAP_TILE_URL",
    "https://cache.kartverket.no/v1/wmts/1.0.0/topo/default/webmercator/{z}/{y}/{x}.png",
)
MAP_ATTRIBUTION: str = env.str("PARKNETT_MAP_ATTRIBUTION", "© Kartverket")

# Security ---------------------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "operations.errors.csrf_failure"
X_FRAME_OPTIONS = "SAMEORIGIN"
CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}
if MAP_TILE_URL:
    _tile_origin = "/".join(MAP_TILE_URL.split("/")[:3])
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"].append(_tile_origin)
MAINTENANCE_MODE: bool = env.bool("PARKNETT_MAINTENANCE", False)

# Wagtail ----------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Parknett"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILADMIN_LOGIN_URL = "accounts:admin_entrance"
WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
WAGTAILADMIN_PERMITTED_LANGUAGES = [("nb", _("Norwegian bokmål")), ("en", _("English"))]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_USAGE_COUNT_ENABLED = False
WAGTAILIMAGES_MAX_UPLOAD_SIZE = MAX_UPLOAD_BYTES
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "odt", "ods", "csv", "txt", "zip"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
TAGGIT_CASE_INSENSITIVE = True

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.server": {"level": "WARNING"},
        "elastic_transport": {"level": "WARNING"},
        # Every task would be two lines; one that fails is an error and still told.
        "django_tasks": {"level": "WARNING"},
    },
}
