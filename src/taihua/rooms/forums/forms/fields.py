"""Fields that several forms of the room share."""

import re
from hashlib import blake2b
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from taihua.kernel.org.models import Person
from taihua.kernel.org.queries import find_people

BETWEEN_NAMES = re.compile(r"[、,，;；\s]+")
NAMED_WITH_CODE = re.compile(r"(?P<name>[^（(]+)[（(](?P<code>[^）)]+)[）)]")


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ClockInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


def day_field(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput(), **options)


def time_field(label: Any) -> forms.TimeField:
    return forms.TimeField(label=label, widget=ClockInput())


class Words(forms.CharField):
    """Running text with the line ends that we store, whatever a browser sends."""

    def __init__(self, *, rows: int = 5, max_length: int, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(widget=widget, max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n").strip()

    def clean(self, value: Any) -> str:
        """A browser counts a line end as one sign and sends two."""
        return str(super().clean(value.replace("\r\n", "\n") if value else value))


class PeopleField(forms.CharField):
    """Names with 、 or a new line between; of two of one name the one whose code is added."""

    default_error_messages = {
        "unknown": _("没有找到：%(name)s。请写花名册上的姓名。"),
        "several": _("有几位%(name)s，请在名字后加括号写工号，如 %(name)s（%(code)s）。"),
    }

    def clean(self, value: Any) -> list[Person]:
        written = super().clean(value)
        found = [self._person(word) for word in BETWEEN_NAMES.split(written) if word]
        return list(dict.fromkeys(found))

    def _person(self, word: str) -> Person:
        coded = NAMED_WITH_CODE.fullmatch(word)
        found = list(find_people(coded["name"] if coded else word))
        if coded:
            found = [person for person in found if person.code == coded["code"]]
        if len(found) == 1:
            return found[0]
        code = "several" if found else "unknown"
        params = {"name": word, "code": found[0].code if found else ""}
        raise ValidationError(self.error_messages[code], code=code, params=params)


class PersonField(PeopleField):
    """One name."""

    default_error_messages = {"one": _("请只写一位。")}

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        if len(found) > 1:
            raise ValidationError(self.error_messages["one"], code="one")
        return found[0] if found else None


class ReasonForm(forms.Form):
    """Why."""

    reason = Words(label=_("原因"), max_length=300, rows=2)


class ChangeMixin(forms.Form):
    """What a form bears to notice that somebody else changed the same while it was open.

    The hidden mark tells in which state the thing was when its page was opened. Sent over another
    state the form is refused once, with all that was typed, and bears the new mark; unless it says
    just what stands there now, as when its button was pressed twice.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"autocomplete": "off"}))

    def __init__(self, sent: QueryDict | None, *, initial: dict[str, Any], **kwargs: Any) -> None:
        told = "\n".join(f"{name}={value}" for name, value in sorted(initial.items()))
        self.state = blake2b(told.encode(), digest_size=8).hexdigest()
        self.was_seen = sent.get("seen", "") if sent else ""
        data = {**sent.dict(), "seen": self.state} if sent else None
        super().__init__(data, initial=initial | {"seen": self.state}, **kwargs)

    def clean(self) -> None:
        super().clean()
        self.cleaned_data.pop("seen", None)
        if self.was_seen not in {"", self.state} and not self._says_what_stands():
            self.add_error(
                None,
                _("您打开这一页以后，别人改过。您写的还在下面，没有存；请对照新的，再存一次。"),
            )

    def _says_what_stands(self) -> bool:
        return not self.errors and all(
            self.fields[name].clean(self.initial[name]) == value
            for name, value in self.cleaned_data.items()
        )
