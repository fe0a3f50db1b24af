"""A process that was started by another goes when that one goes, even by ``kill -9``."""

import os
import signal
import threading
import time

PARENT = "TAIHUA_SERVED_BY"
EVERY = 1.0  # seconds between two looks at the parent
GRACE = 10.0  # seconds to finish what is under way


def leave_with_parent() -> None:
    """Where the parent's number stands in the environment, end this process once it is gone.

    Otherwise the workers of a killed server would keep its port, and the next could not start.
    Ctrl+C in a terminal reaches the parent alone, which then stops us once: told twice at the same
    moment, Granian's workers and django-ox's do not finish what is under way.
    """
    if parent := os.environ.get(PARENT):
        os.setpgid(0, 0)
        watch = threading.Thread(target=_watch, args=(int(parent),), name="parent", daemon=True)
        watch.start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(EVERY)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os._exit(1)
