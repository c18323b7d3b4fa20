"""Django's settings, made from :mod:`arrears.config.environment`. Nothing is read from files beside the code."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from arrears.config.environment import current
from arrears.config.postgres import PORT, cluster_at

HERE = Path(__file__).resolve().parent
PACKAGE = HERE.parent
ENVIRONMENT = current()

ARREARS_PACKS = ENVIRONMENT.packs
SECRET_KEY = ENVIRONMENT.key()
DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = list(ENVIRONMENT.allowed_hosts)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "axes",
    "arrears.store",
    "arrears.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "arrears.web.language.LanguageMiddleware",
    "arrears.web.bounds.BoundsMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "arrears.web.scoping.ScopeMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "arrears.web.urls"
WSGI_APPLICATION = "arrears.web.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # The frame of all pages, then each page's own folder: found, not listed.
        "DIRS": [PACKAGE / "web" / "templates", *sorted((PACKAGE / "web").glob("*/templates"))],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ],
        },
    },
]


def _database(role: str) -> dict[str, object]:
    """Return one connection for one role: the embedded socket, or the server named in the settings."""
    base: dict[str, object] = {
        "ENGINE": "django.db.backends.postgresql",
        "USER": role,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": False,
        # What is prepared asks about one person each time: one plan serves all, and planning costs more than running.
        "OPTIONS": {"options": "-c plan_cache_mode=force_generic_plan"},
        "TEST": {"MIGRATE": False},
    }
    if not ENVIRONMENT.database_url:
        cluster = cluster_at(ENVIRONMENT.postgres_home(), ENVIRONMENT.postgres_version)
        return {**base, "NAME": ENVIRONMENT.database_name, "HOST": str(cluster.sockets), "PORT": str(PORT)}
    own = role == "arrears_owner" and ENVIRONMENT.owner_url
    url = urlsplit(ENVIRONMENT.owner_url if own else ENVIRONMENT.database_url)
    return {
        **base,
        "NAME": url.path.lstrip("/"),
        "HOST": url.hostname or "",
        "PORT": str(url.port or PORT),
        "USER": unquote(url.username or role) if own else role,
        "PASSWORD": unquote(url.password or "") if own else ENVIRONMENT.role_password(role),
    }


#: The pages' role is bound by row-level security; the others are for migrations, the night, imports and reports.
DATABASES = {
    "default": _database("arrears_web"),
    "owner": _database("arrears_owner"),
    "night": _database("arrears_night"),
    "report": _database("arrears_report"),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASE_ROUTERS: list[str] = []

AUTH_USER_MODEL = "store.Staff"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "today"
LOGOUT_REDIRECT_URL = "sign-in"
AXES_FAILURE_LIMIT = 6
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "arrears.web.sign_in.views.locked_out"
AXES_VERBOSE = False
SILENCED_SYSTEM_CHECKS: list[str] = []

SESSION_COOKIE_NAME = "arrears-session"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.secure
SECURE_SSL_REDIRECT = ENVIRONMENT.secure
SECURE_HSTS_SECONDS = 31_536_000 if ENVIRONMENT.secure else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.secure else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
#: Scripts, styles and fonts come from this server only; nothing inline but images that we drew.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    },
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español"), ("zh-hans", "简体中文")]
LANGUAGE_COOKIE_NAME = "arrears-language"
# The shared words first, then those that a page folder brings for itself.
LOCALE_PATHS = [PACKAGE / "web" / "locale", *sorted((PACKAGE / "web").glob("*/locale"))]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = None  # files are served from where they lie in the package; nothing is collected
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
