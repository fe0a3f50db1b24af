"""The version is the newest heading of CHANGELOG.md; all else stands in pyproject.toml."""

import re
from pathlib import Path

from setuptools import setup

changelog = Path(__file__).with_name("CHANGELOG.md").read_text(encoding="utf-8")
heading = re.search(r"^## (\d+\.\d+\.\d+\S*)", changelog, re.MULTILINE)
if heading is None:
    raise SystemExit("CHANGELOG.md has no heading such as “## 0.1.0”.")

setup(version=heading.group(1))
