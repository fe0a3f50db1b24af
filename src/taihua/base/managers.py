"""The manager that every model uses."""

from django.db import models


class PeerManager[M: models.Model](models.Manager[M]):
    """Fetch a missing relation for all rows of one query at once, never row by row."""

    def get_queryset(self) -> models.QuerySet[M]:
        return super().get_queryset().fetch_mode(models.FETCH_PEERS)
