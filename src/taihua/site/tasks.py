"""What the house itself does in the background."""

from django.core.management import call_command
from django.tasks import task

from taihua.base.rounds import comes_round


@comes_round("site.forget-sessions", "15 3 * * *")
@task
def forget_sessions() -> None:
    """Delete the sessions that have run out."""
    call_command("clearsessions")


@comes_round("site.forget-finished-jobs", "45 3 * * *")
@task
def forget_finished_jobs() -> None:
    """Delete what the worker finished more than a month ago."""
    call_command("ox_prune", older_than="30d", verbosity=0)
