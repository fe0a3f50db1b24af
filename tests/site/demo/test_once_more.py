"""The demonstration a second time: kept, with its logins; and what was said while it was built."""

import re

import pytest

from taihua.kernel import house
from taihua.kernel.org.models import Account
from taihua.kernel.records.queries import everything_said

pytestmark = pytest.mark.usefixtures("in_district")


def test_a_second_time_everything_is_kept_and_the_logins_are_told_again(
    in_district, in_demonstration
):
    before = everything_said().count()
    in_district(password="moss-and-paper")

    again = in_district()

    assert everything_said().count() == before
    assert "moss-and-paper" in again
    assert (
        (in_demonstration.home / "demo" / "logins.txt").read_text().startswith("moss-and-paper\n")
    )


def test_other_wishes_than_the_districts_are_answered_with_how_to_get_them(in_district):
    assert "--reset" in in_district(people=300)
    assert "--reset" not in in_district(people=260)


def test_the_logins_and_the_day_lie_in_files_for_their_owner_only(in_demonstration):
    for name in ("logins.txt", "today"):
        assert (in_demonstration.home / "demo" / name).stat().st_mode & 0o777 == 0o600
    assert (in_demonstration.home / "demo" / "today").read_text() == "2013-12-04\n"


def test_a_lost_file_of_logins_is_mended_by_a_new_password(in_district, in_demonstration):
    kept = (in_demonstration.home / "demo" / "logins.txt").read_text()
    (in_demonstration.home / "demo" / "logins.txt").unlink()

    in_district()

    password = (in_demonstration.home / "demo" / "logins.txt").read_text().split("\n", 1)[0]
    assert password not in kept
    assert Account.objects.get(username="lin").check_password(password)


def test_a_wanted_password_is_set(in_district):
    in_district(password="moss-and-paper")

    assert Account.objects.get(username="su").check_password("moss-and-paper")


def test_while_it_is_built_each_stage_says_how_much_and_how_long(in_demonstration):
    stages = re.findall(r"^  (.+?)  .*\d.*  \d+\.\d s$", in_demonstration.said, re.MULTILINE)

    assert stages[:3] == ["单位与人员", "账号", "制度"]
    assert stages[-2:] == ["记录", "最后办的事"]
    assert len(stages) == 5 + sum(room.demo is not None for room in house.rooms())
