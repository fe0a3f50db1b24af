"""A day is a number in the database and a date everywhere else."""

from datetime import date

import pytest
from django import forms
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from taihua.base.fields import DayField, asked
from taihua.kernel.org.models import Unit
from tests.factories import UnitFactory

DAY = date(2012, 2, 29)
field = DayField("日")


def test_the_database_keeps_the_number_of_the_day(db):
    UnitFactory(opened=DAY, closed=None)

    with connection.cursor() as cursor:
        cursor.execute("SELECT opened, closed FROM org_unit")
        assert cursor.fetchall() == [(DAY.toordinal(), None)]
    assert Unit.objects.get().opened == DAY


def test_days_are_looked_up_as_days(db):
    UnitFactory(opened=DAY)

    assert Unit.objects.filter(opened=DAY).exists()
    assert Unit.objects.filter(opened__gte="2012-02-29", opened__lt=date(2012, 3, 1)).exists()
    assert Unit.objects.filter(opened__in=[DAY]).exists()
    assert not Unit.objects.filter(opened__range=(date(2012, 3, 1), date(2013, 1, 1))).exists()


@given(st.dates())
def test_a_day_comes_back_from_every_form_it_is_given_in(day):
    assert field.to_python(day) == field.to_python(day.isoformat()) == day
    assert field.to_python(day.toordinal()) == day
    assert field.get_prep_value(day) == field.get_prep_value(day.isoformat()) == day.toordinal()
    assert field.from_db_value(day.toordinal(), None, None) == day


@pytest.mark.parametrize("nonsense", ["2013-13-01", "昨天", "2013-02-30", ""])
def test_what_is_no_day_is_refused_by_name(nonsense):
    with pytest.raises(ValidationError, match="不是日期"):
        field.to_python(nonsense)


def test_no_day_stays_no_day():
    assert field.to_python(None) is None
    assert field.get_prep_value(None) is None
    assert field.from_db_value(None, None, None) is None


def test_a_form_asks_for_a_date():
    assert isinstance(field.formfield(), forms.DateField)


def test_a_day_is_written_out_as_a_date(db):
    UnitFactory(opened=DAY, closed=None)

    text = serializers.serialize("json", Unit.objects.all())

    assert '"opened": "2012-02-29"' in text
    (read,) = serializers.deserialize("json", text)
    assert read.object.opened == DAY


@pytest.mark.parametrize(("closed", "text"), [(DAY, "2012-02-29"), (None, "")])
def test_a_day_is_written_out_as_text_where_everything_is(closed, text):
    assert Unit._meta.get_field("closed").value_to_string(Unit(closed=closed)) == text


def test_a_day_of_a_model_is_checked_as_a_day_and_not_as_a_number(db):
    unit = UnitFactory(opened=DAY)

    unit.clean_fields(exclude=["parent", "closed"])

    assert unit.opened == DAY


def test_a_field_that_is_asked_may_be_empty_but_is_not_called_optional():
    field = asked(forms.CharField(required=False))

    assert field.clean("") == ""
    assert field.asked
