"""Draw the icons of the visit app from the house's own mark: ``python -m tools.icons``.

Some phones put only PNG on their first screen. The drawings are kept in the repository; a test
draws them again and compares, so nobody paints one by hand.
"""

from pathlib import Path

import typst  # noqa: TID253  # it is what this tool runs for

SOURCE = Path(__file__).parents[1] / "src" / "taihua"
MARK = SOURCE / "site" / "static" / "site" / "mark.svg"
ICONS = SOURCE / "rooms" / "outreach" / "static" / "outreach"
PAPER = "#fbfaf6"
POINTS, PER_INCH = 48, 72
# name: pixels a side, share of the side that the mark fills (a launcher may cut off a maskable's rim)
WANTED = {
    "icon-192.png": (192, 0.84),
    "icon-512.png": (512, 0.84),
    "icon-maskable-512.png": (512, 0.6),
}


def drawn(pixels: int, share: float) -> bytes:
    """The mark on paper as PNG, so many pixels a side; the same bytes each time."""
    page = f"""
        #set page(width: {POINTS}pt, height: {POINTS}pt, margin: 0pt, fill: rgb("{PAPER}"))
        #place(center + horizon, image("mark.svg", width: {POINTS * share:g}pt))
    """
    compiler = typst.Compiler(root=str(MARK.parent), ignore_system_fonts=True)
    made = compiler.compile(input=page.encode(), format="png", ppi=PER_INCH * pixels / POINTS)
    if not isinstance(made, bytes):
        raise TypeError("one page is one picture")
    return made


def main() -> None:
    for name, (pixels, share) in WANTED.items():
        (ICONS / name).write_bytes(drawn(pixels, share))
        print(name)


if __name__ == "__main__":
    main()
