"""The floor of the burst: the same tables and sessions behind the least that Django can be."""

from taihua.site.settings import *  # noqa: F403

ROOT_URLCONF = "bench.floor"
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
INSTALLED_APPS = [name for name in INSTALLED_APPS if not name.startswith("allauth")]  # noqa: F405
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
SILENCED_SYSTEM_CHECKS = ["taihua.E001"]  # the floor has no door
