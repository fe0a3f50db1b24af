"""``python -m taihua`` is the command line."""

from taihua.site.cli import main

if __name__ == "__main__":
    main()
