"""What a page with a form does with it: try, and show what was refused beside the words."""

from collections.abc import Callable

from django.forms import Form

from taihua.rooms.portal.actions.consultations import ConsultationRefused


def tried[T](form: Form, act: Callable[[], T]) -> T | None:
    """What the act made of a valid form; none if it was refused, and the form says why."""
    if not form.is_valid():
        return None
    try:
        return act()
    except ConsultationRefused as refusal:
        form.add_error(None, str(refusal))
        return None
