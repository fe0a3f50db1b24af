import io
import re
from collections import Counter
from pathlib import Path

import allauth
import django.conf
import django.contrib.auth
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django import forms

from tools import messages

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|{\w*}")


def test_every_message_has_its_english():
    catalog = messages.read_catalog()
    catalog.update(messages.template(), no_fuzzy_matching=True)

    assert [message.id for message in messages.missing(catalog)] == []
    assert list(catalog.obsolete) == []


def test_no_message_hides_behind_another_name_than_those_that_are_looked_for():
    """What is said by any other word than ``_``, ``gettext`` and the like never reaches the catalogue."""
    renamed = re.compile(r"\bn?p?gettext\w* as (?!_\b)\w+")
    files = (Path(messages.__file__).parents[1] / "src").rglob("*.py")

    assert [str(file) for file in files if renamed.search(file.read_text(encoding="utf-8"))] == []


def test_the_english_keeps_every_placeholder():
    wrong = [
        message.id
        for message in messages.read_catalog()
        if isinstance(message.string, str)
        and message.string
        and Counter(PLACEHOLDER.findall(message.id)) != Counter(PLACEHOLDER.findall(message.string))
    ]

    assert wrong == []


def test_the_english_has_no_chinese_left():
    left = [
        message.string
        for message in messages.read_catalog()
        if message.id and re.search(r"[，。；？！]", str(message.string))
    ]

    assert left == []


def test_what_the_libraries_say_is_said_in_our_words():
    class Asked(forms.Form):
        title = forms.CharField(max_length=3)
        day = forms.DateField()
        count = forms.IntegerField(min_value=1)

    form = Asked({"title": "春夏秋冬", "day": "昨天", "count": "0"})

    assert [str(words) for each in form.errors.values() for words in each] == [
        "最多 3 个字，现在有 4 个，请缩短一些。",
        "认不出这个日期，请写成 2013-12-04 这样。",
        "不能小于 1，请改一改。",
    ]
    assert Asked({}).errors["title"] == ["这一项还空着，请补上。"]


def test_only_what_a_library_says_is_put_into_other_words():
    said = set()
    for library in (django.conf, django.contrib.auth, allauth):
        path = Path(library.__file__).parent / "locale/zh_Hans/LC_MESSAGES/django.po"
        said |= {str(message.id) for message in read_po(io.BytesIO(path.read_bytes()))}
    ours = read_po(io.BytesIO(messages.LIBRARIES.read_bytes()), locale="zh_Hans")

    assert [each.id for each in ours if str(each.id) not in said] == []
    assert all(
        Counter(PLACEHOLDER.findall(str(each.id))) >= Counter(PLACEHOLDER.findall(str(each.string)))
        for each in ours
        if each.id
    )


def test_a_message_without_english_is_found():
    catalog = Catalog("en")
    catalog.add("读书", "Reading")
    catalog.add("笔记")
    catalog.add(("一本", "几本"), ("one book", ""))

    assert [message.id for message in messages.missing(catalog)] == ["笔记", ("一本", "几本")]


def test_messages_are_found_in_python_and_in_templates(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(
        '{% translate "读书" %}{% blocktranslate %}共 {{ n }} 本{% endblocktranslate %}'
    )

    assert "gettext" in messages.as_python(page).read().decode()
    assert (messages.SITE, "没有这一页", None) in set(messages.messages())


def test_the_catalogue_is_compiled_to_what_django_reads(tmp_path):
    catalog = Catalog("en")
    catalog.add("读书", "Reading")

    messages.compile_to(tmp_path / "django.mo", catalog)

    assert b"Reading" in (tmp_path / "django.mo").read_bytes()


def test_each_package_carries_what_only_it_says():
    homes = messages.owners()

    for path in messages.files():
        package = path.parents[3]
        for message in read_po(io.BytesIO(path.read_bytes()), locale="en"):
            if message.id:
                assert homes[messages._key(message)] == package, message.id


def test_a_message_of_two_packages_stands_with_the_site(monkeypatch):
    study, reading = messages.SOURCE / "rooms/study", messages.SOURCE / "rooms/reading"
    said = [(study, "题目", None), (reading, "题目", None), (study, "主讲人", None)]
    monkeypatch.setattr(messages, "messages", lambda: iter(said))

    assert messages.owners() == {("题目", None): messages.SITE, ("主讲人", None): study}
