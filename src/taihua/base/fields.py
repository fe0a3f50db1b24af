"""Model fields that mean the same on every database."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

# What a model's reader and writer see is a date; what the database sees is a number.
if TYPE_CHECKING:
    from django.db.models import DateField as _Day
else:
    from django.db.models import IntegerField as _Day


class DayField(_Day):  # type: ignore[type-arg]  # the plugin fills them in field by field
    """A calendar day, kept as its proleptic Gregorian number (``date.toordinal()``).

    A number can be subtracted, compared and joined by the same SQL text on SQLite, PostgreSQL,
    DuckDB and Spark; a date cannot. In Python the value is a :class:`datetime.date`.
    """

    description = _("日")
    default_error_messages = {"invalid_day": _("“%(value)s”不是日期，请写成 2013-12-04 的样子。")}

    def from_db_value(self, value: int | None, expression: Any, connection: Any) -> date | None:
        return None if value is None else date.fromordinal(value)

    def to_python(self, value: Any) -> Any:
        if value is None or isinstance(value, date):
            return value
        if isinstance(value, int):
            return date.fromordinal(value)
        try:
            day = parse_date(str(value))
        except ValueError:
            day = None
        if day is None:
            raise ValidationError(
                self.error_messages["invalid_day"], code="invalid_day", params={"value": value}
            )
        return day

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, str):
            value = self.to_python(value)
        if isinstance(value, date):
            return value.toordinal()
        return super().get_prep_value(value)

    def value_to_string(self, obj: models.Model) -> str:
        value = self.value_from_object(obj)
        return "" if value is None else value.isoformat()

    @property
    def validators(self) -> list[Any]:
        return []

    def formfield(self, **kwargs: Any) -> Any:
        return models.Field.formfield(self, **{"form_class": forms.DateField, **kwargs})


def asked[F: forms.Field](field: F) -> F:
    """A field that can be left empty for now, but is not called optional (可不填)."""
    field.asked = True  # type: ignore[attr-defined]  # page/field.html reads it
    return field
