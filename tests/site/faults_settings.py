"""The house behind a bare front door that only records: for pulling the plug on it."""

from taihua.site.settings import *  # noqa: F403

ROOT_URLCONF = "tests.site.faults"
