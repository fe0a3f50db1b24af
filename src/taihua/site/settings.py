"""Settings, in sections; what an installation may change is read from its environment.

The table of names stands in docs/reference/settings.md and is held equal to this file by a test.
"""

from pathlib import Path

from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from taihua.site import environment

SITE = Path(__file__).resolve().parent

# --- This installation --------------------------------------------------------------------------
HOME = Path(environment.text("TAIHUA_HOME", "var")).resolve()
DEBUG = environment.flag("TAIHUA_DEBUG")
# A demonstration district stands on the day that it was built for.
TAIHUA_TODAY = environment.day("TAIHUA_TODAY", kept_in=HOME / "demo" / "today")
TAIHUA_DEMO = environment.flag("TAIHUA_DEMO")
TAIHUA_BODY = environment.text("TAIHUA_BODY", "苔花区教育局")
# Public holidays, and the weekends worked for them, as the State Council sets them every year.
TAIHUA_DAYS_OFF = environment.days("TAIHUA_DAYS_OFF")
TAIHUA_DAYS_WORKED = environment.days("TAIHUA_DAYS_WORKED")
TAIHUA_CHECK_OUTSIDE = environment.flag("TAIHUA_CHECK_OUTSIDE")
TAIHUA_SIGN = environment.text("TAIHUA_SIGN", "苔教")
# Faces of official papers, such as body=仿宋_GB2312; Word files name them, PDF files embed them.
TAIHUA_WORD_FONTS = environment.words("TAIHUA_WORD_FONTS", "")
TAIHUA_PRINT_FONTS = environment.words("TAIHUA_PRINT_FONTS", "")
TAIHUA_FONT_FOLDERS = environment.words("TAIHUA_FONT_FOLDERS", "")
SECRET_KEY = environment.secret("TAIHUA_SECRET_KEY", HOME / "secret.key")
# Names of helped people and pupils become tokens under this key; losing it cuts the link for good.
TAIHUA_TOKEN_KEY = environment.secret("TAIHUA_TOKEN_KEY", HOME / "token.key")
ALLOWED_HOSTS = environment.words("TAIHUA_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = environment.words("TAIHUA_ORIGINS", "")
HTTPS = environment.flag("TAIHUA_HTTPS")
# Single sign-on (OpenID Connect): off unless issuer, client and secret are all named.
TAIHUA_OIDC_ISSUER = environment.issuer("TAIHUA_OIDC_ISSUER")
TAIHUA_OIDC_CLIENT = environment.text("TAIHUA_OIDC_CLIENT")
TAIHUA_OIDC_SECRET = environment.text("TAIHUA_OIDC_SECRET")
TAIHUA_OIDC_NAME = environment.text("TAIHUA_OIDC_NAME", "统一身份认证")
# The claim that holds our username, such as employee_number; unset, everybody ties it by hand.
TAIHUA_OIDC_CLAIM = environment.text("TAIHUA_OIDC_CLAIM")
TAIHUA_OIDC_ORIGINS = environment.words("TAIHUA_OIDC_ORIGINS", "")
TAIHUA_SIGN_ON = TAIHUA_OIDC_NAME if TAIHUA_OIDC_ISSUER else ""

# --- What it is made of ---------------------------------------------------------------------------
KERNEL = ["org", "records", "rules", "commitments", "documents", "drafts", "measures"]
ROOMS = [
    "desk",
    "study",
    "reading",
    "meetings",
    "outreach",
    "forums",
    "care",
    "portal",
    "ledgers",
    "reports",
]
INSTALLED_APPS = [
    "taihua.site",
    "taihua.base",
    *(f"taihua.kernel.{name}" for name in KERNEL),
    *(f"taihua.rooms.{name}" for name in ROOMS),
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_ox",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]
ROOT_URLCONF = "taihua.site.urls"
WSGI_APPLICATION = "taihua.site.wsgi.application"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "taihua.site.sharing.share_public_pages",
    "taihua.site.middleware.say_what_failed",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "taihua.rooms.portal.views.old.follow_old_addresses",
    "taihua.site.middleware.tell_steps_from_pages",
    "taihua.site.middleware.read_once_a_page",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SITE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "taihua.site.context.house",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # which looks among ours first

# --- Database -------------------------------------------------------------------------------------
DATABASES = {"default": environment.database("TAIHUA_DATABASE_URL", HOME / "taihua.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Of each process: sessions and what was just counted. What is not there is read from the database.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

# Public pages are given to everybody without a session from memory for so long.
SHARED_SECONDS = 30

# --- Login ----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "org.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:today"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "taihua.site.login.ClosedDoor"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
SOCIALACCOUNT_ADAPTER = "taihua.site.login.OnlyTied"
SOCIALACCOUNT_PROVIDERS = environment.sign_on(
    TAIHUA_OIDC_ISSUER, TAIHUA_OIDC_CLIENT, TAIHUA_OIDC_SECRET, TAIHUA_OIDC_NAME
)
ALLAUTH_TRUSTED_PROXY_COUNT = int(environment.text("TAIHUA_PROXIES", "0"))
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Taihua"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

# --- Safety ---------------------------------------------------------------------------------------
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "object-src": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF, *environment.origins(TAIHUA_OIDC_ISSUER, TAIHUA_OIDC_ORIGINS)],
}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "taihua.site.views.too_old"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# --- Work in the background -----------------------------------------------------------------------
TASKS = {
    "default": {
        "BACKEND": "django_ox.backend.OxBackend",
        # A killed worker's job is taken up again when its lease has run out; a live one renews it.
        "OPTIONS": {
            "SCHEDULE_SOURCE": "taihua.site.rounds.Source",
            "LOCK_TIMEOUT": float(environment.text("TAIHUA_LEASE", "60")),
        },
    }
}

# --- Words and days -------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("中文")), ("en", "English")]
LOCALE_PATHS = [SITE / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# --- Files ----------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = HOME / "files"

# --- What it says of itself -----------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"secrets": {"()": "taihua.site.logs.HideSecrets"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["secrets"]}
    },
    "root": {"handlers": ["console"], "level": environment.text("TAIHUA_LOG", "WARNING")},
}
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {"host": environment.text("TAIHUA_MAIL_HOST", "localhost")},
    }
}
DEFAULT_FROM_EMAIL = environment.text("TAIHUA_MAIL_FROM", "taihua@localhost")
