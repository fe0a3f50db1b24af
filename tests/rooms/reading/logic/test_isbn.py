import pytest
from hypothesis import given
from hypothesis import strategies as st

from taihua.rooms.reading.logic.isbn import clean_isbn


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("978-7-02-000220-7", "9787020002207"),
        ("9787020002207", "9787020002207"),
        ("7-02-000220-X", "9787020002207"),
        ("702000220X", "9787020002207"),
        ("978-7-02-000220-8", None),
        ("7-02-000220-1", None),
        ("", None),
        ("十", None),
        ("X020002200", None),
        ("978702000220X", None),
        ("12345678901234", None),
    ],
)
def test_numbers_are_known_by_their_check_digit(written, clean):
    assert clean_isbn(written) == clean


@given(st.text(st.sampled_from("0123456789X- 一²"), max_size=16))
def test_whatever_is_written_is_a_number_or_nothing(written):
    clean = clean_isbn(written)

    assert clean is None or (len(clean) == 13 and clean.isdecimal() and clean_isbn(clean) == clean)
