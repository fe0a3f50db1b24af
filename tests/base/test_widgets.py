"""What is drawn of fields in one go is what Django draws of them, one template after the other."""

import pytest
from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.asserts import assertHTMLEqual

DJANGO = forms.renderers.DjangoTemplates()
CHOICES = [
    ("", "—"),
    ("小学 & 幼儿园", [("1", "苔花一小"), ("2", "<二小>")]),
    ("9", gettext_lazy("机关")),
    ("\"'&<", SafeString("教研室 &amp; 电教站")),
]


class Asked(forms.Form):
    """A field of each kind, with all that needs care in HTML."""

    school = forms.ChoiceField(
        choices=CHOICES, widget=forms.Select(attrs={"class": "wide", "required": True})
    )
    one = forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect(attrs={"class": "round"}))
    some = forms.MultipleChoiceField(
        choices=CHOICES, widget=forms.CheckboxSelectMultiple, required=False
    )
    many = forms.MultipleChoiceField(
        choices=CHOICES, widget=forms.SelectMultiple(attrs={"size": 9})
    )
    maybe = forms.NullBooleanField(required=False, help_text="不知道也可以")
    name = forms.CharField(
        max_length=20, widget=forms.TextInput(attrs={"placeholder": '"<名字>"', "autofocus": True})
    )
    words = forms.CharField(widget=forms.Textarea(attrs={"rows": 3, "readonly": False}))
    day = forms.DateField(widget=forms.SelectDateWidget(years=[2013]))


GIVEN = {"school": "2", "one": "\"'&<", "some": ["1", "9"], "many": ["", "2"], "name": "<b>",
         "words": "</textarea>"}  # fmt: skip


@pytest.mark.parametrize("auto_id", ["id_%s", False])
@pytest.mark.parametrize("data", [None, GIVEN, {"school": "7", "one": "x"}])
def test_every_field_is_drawn_as_django_draws_it(data, auto_id):
    ours, theirs = (Asked(data, auto_id=auto_id, renderer=by) for by in (None, DJANGO))

    for field in ours:
        assertHTMLEqual(str(field), str(theirs[field.name]))


def test_nothing_typed_becomes_html():
    drawn = str(Asked(GIVEN)["school"]) + str(Asked(GIVEN)["some"])

    assert drawn.count("&lt;二小&gt;") == 2
    assert "<二小>" not in drawn
    assert drawn.count("教研室 &amp; 电教站") == 2


@given(st.lists(st.tuples(st.text(), st.text())), st.text())
def test_whatever_choices_say_the_list_holds_them_and_nothing_else(choices, chosen):
    class Any(forms.Form):
        one = forms.ChoiceField(choices=choices)
        box = forms.ChoiceField(choices=choices, widget=forms.RadioSelect)

    form = Any({"one": chosen, "box": chosen})

    drawn = str(form["one"])
    assert drawn.count("<") == 2 + 2 * len(choices)
    assert drawn.count(" selected") >= (chosen in dict(choices))
    # A div around all; a div, a label and a box for each.
    assert str(form["box"]).count("<") == 2 + 5 * len(choices)
