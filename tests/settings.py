"""The settings of the house, made quick and closed for tests."""

import os
from pathlib import Path

CACHE = Path(__file__).resolve().parent.parent / ".cache"

# Whatever the developer's own environment says, tests see these.
for name in [name for name in os.environ if name.startswith("TAIHUA_")]:
    if not name.startswith("TAIHUA_TEST_"):
        del os.environ[name]
# An open browser (Playwright) leaves a loop running, which Django takes for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
os.environ["TAIHUA_HOME"] = str(CACHE / "tests")
os.environ["TAIHUA_SECRET_KEY"] = "tests-only"
os.environ["TAIHUA_TOKEN_KEY"] = "tests-only"
os.environ["TAIHUA_DATABASE_URL"] = os.environ.get("TAIHUA_TEST_DATABASE_URL", "sqlite:///:memory:")

from taihua.site.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
WHITENOISE_AUTOREFRESH = True  # nothing is collected for tests
SESSION_ENGINE = "django.contrib.sessions.backends.db"
ACCOUNT_RATE_LIMITS = False  # type: ignore[assignment]
SHARED_SECONDS = 0  # what one test has opened is not shown to the next
