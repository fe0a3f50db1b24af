"""``python -m taihua`` is the command line."""

from taihua.site.cli import main

main()
