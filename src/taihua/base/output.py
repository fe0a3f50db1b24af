"""What a command writes to a file of its user's."""

from pathlib import Path

from django.core.management import CommandError
from django.utils.translation import gettext as _


def put(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path``.

    :raises CommandError: it cannot be written there, with why
    """
    try:
        path.write_bytes(content)
    except OSError as fault:
        raise CommandError(
            _("写不进 %(out)s：%(why)s。请换个位置再试。")
            % {"out": path, "why": fault.strerror or fault},
            returncode=2,
        ) from fault
