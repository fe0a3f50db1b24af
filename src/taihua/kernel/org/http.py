"""The request as our views get it."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from taihua.kernel.org.models import Account, Person


class Request(HttpRequest):
    """A request by somebody who is logged in."""

    user: Account
    htmx: HtmxDetails


def person_of(request: Request) -> Person:
    """The person behind a request that only members may make.

    :raises LookupError: the account belongs to no person; the view admits too many
    """
    if request.user.person is None:
        raise LookupError(f"account {request.user.pk} belongs to no person")
    return request.user.person
