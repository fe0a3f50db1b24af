"""Materials: versions stay, files are what they say, macros are not taken."""

from datetime import date

import pytest

from taihua.kernel.commitments.queries import of_origin
from taihua.rooms.study.actions.materials import MOST_BYTES, MaterialRefused, Text, add_material
from taihua.rooms.study.models import Material
from tests.rooms.study.sessions import SET_AT, moment, rota_of, set_on

PDF = b"%PDF-1.7 moss"


@pytest.fixture
def session(committee, lin):
    return set_on(committee, date(2013, 12, 10), lin)


def add(of, by, **text):
    return add_material(of=of, text=Text(**text), at=SET_AT, by=by.account)


def test_the_same_title_again_is_the_next_version_and_the_first_stays(session, su):
    add(session, su, title="《规划纲要》", file_name="纲要.pdf", content=PDF)
    second = add(session, su, title="规划纲要", file_name="纲要.pdf", content=PDF + b"2")

    assert second.version == 2
    assert [m.version for m in session.materials.order_by("version")] == [1, 2]
    assert bytes(session.materials.get(version=1).content) == PDF


def test_the_very_same_again_is_told(session, su):
    add(session, su, title="规划纲要", source="人民出版社，2010")

    with pytest.raises(MaterialRefused, match="这一版已经有了"):
        add(session, su, title="规划纲要", source="人民出版社，2010")

    assert session.materials.count() == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ({"title": " "}, "请写材料的标题"),
        ({"title": "甲", "file_name": "a.exe", "content": b"MZ"}, "只收 PDF"),
        ({"title": "甲", "file_name": "a.docm", "content": b"PK\x03\x04"}, "不带宏"),
        ({"title": "甲", "file_name": "a.pdf", "content": b"PK\x03\x04"}, "内容和扩展名不一致"),
        (
            {"title": "甲", "file_name": "a.docx", "content": b"PK\x03\x04 word/vbaProject.bin"},
            "带有宏",
        ),
        ({"title": "甲", "file_name": "a.txt", "content": b"a" * (MOST_BYTES + 1)}, "超过 20 MB"),
    ],
)
def test_what_is_no_plain_material_is_refused_with_the_reason(session, su, text, said):
    with pytest.raises(MaterialRefused, match=said):
        add(session, su, **text)

    assert not Material.objects.exists()


def test_a_lecturers_material_closes_what_was_owed_before_the_day(committee, lin, su):
    rota = rota_of(committee, [date(2013, 12, 18)], su.account)
    turn = rota.turns.get()
    (owed,) = of_origin(f"{turn.path}/material")
    assert (owed.person, owed.due) == (lin, date(2013, 12, 15))

    add(turn, lin, title="讲稿")

    owed.refresh_from_db()
    assert not owed.is_open
    assert moment(date(2013, 12, 18)) > owed.closed_at
