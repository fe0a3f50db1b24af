"""What forms that write on a document have in common."""

from django import forms

from taihua.kernel.documents.actions import Overtaken
from taihua.kernel.documents.models import Version

EXPECTED = "expected"  # the field with the number of the version that is written on


def after(late: Overtaken, form: forms.Form) -> Version:
    """Say in ``form`` who saved first; handed in again, what is typed there stands upon it.

    :returns: what was saved first, to be shown beside it
    """
    form.add_error(None, str(late))
    form.data = {**form.data.dict(), EXPECTED: str(late.theirs.number)}  # type: ignore[attr-defined]
    return late.theirs
