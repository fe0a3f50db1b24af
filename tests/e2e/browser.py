"""A browser that reads Chinese on a machine without a single font."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
FONTS = [
    Path(spec.origin).parent
    for spec in map(find_spec, ["pylopdf_fonts_zh_cn", "manimgx_fonts_cjk"])
    if spec and spec.origin
]
SAME_FAMILY = """
<match target="pattern"><test name="family"><string>{asked}</string></test>
<edit name="family" mode="prepend" binding="strong"><string>{given}</string></edit></match>
"""


def find_chromium() -> str:
    """The path of a Chromium, as the set-up finds or installs it."""
    found = os.environ.get("CHROME") or shutil.which("chromium")
    if found:
        return found
    done = subprocess.run(
        [ROOT / "tools" / "chromium.sh"], stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout.strip()


def with_fonts(folder: Path) -> dict[str, str | float | bool]:
    """The environment in which the fonts of our wheels are found and look the same everywhere."""
    folder.mkdir(parents=True, exist_ok=True)
    config = folder / "fonts.conf"
    dirs = "".join(f"<dir>{path}</dir>" for path in FONTS)
    same = SAME_FAMILY.format(asked="Noto Sans SC", given="Noto Sans CJK SC")
    config.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
        f"<fontconfig>{dirs}{same}<cachedir>{folder}/cache</cachedir></fontconfig>"
    )
    return {**os.environ, "FONTCONFIG_FILE": str(config)}


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless browser for as long as the block runs."""
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=find_chromium(),
            env=with_fonts(ROOT / ".cache" / "fonts"),
            args=["--disable-gpu", "--no-first-run", "--font-render-hinting=none"],
        )
        try:
            yield browser
        finally:
            browser.close()


if __name__ == "__main__":
    sys.stdout.write(find_chromium() + "\n")
