"""One book set by itself: ``python -m taihua.base.papers.apart``, told on its input, bytes on its output."""

import json
import sys
from typing import BinaryIO

from taihua.base.papers.press import set_book


def serve(told: BinaryIO, out: BinaryIO) -> None:
    """Read what :func:`taihua.base.papers.to_book` tells, and write the PDF."""
    job = json.load(told)
    out.write(set_book(job["told"], job["folders"]))


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
