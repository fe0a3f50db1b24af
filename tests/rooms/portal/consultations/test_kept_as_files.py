"""What everybody was asked is kept as plain files: the draft, what was said, what became of it."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command

from taihua.rooms.portal.actions.consultations import publish
from taihua.rooms.portal.actions.opinions import Answer, answer
from taihua.rooms.portal.models import Consultation
from tests.rooms.portal.consultations.conftest import LATER, OPENS, letter, sent
from tests.rooms.portal.schemas import hold_to_sitemaps_org

LIVING = "https://edu.example"


@pytest.fixture(autouse=True)
def on_the_day(settings, tmp_path):
    settings.TAIHUA_TODAY = LATER.date()
    settings.HOME = tmp_path / "home"
    settings.ALLOWED_HOSTS, settings.HTTPS = ["edu.example"], True


@pytest.fixture
def settled(finished, su):
    """Published, with an opinion that was heeded and one that was not."""
    second = finished.clauses.get(position=2)
    heeded = letter(finished, su.account, "再多建一所。", 2)
    other = letter(finished, su.account, "都不要建。")
    told = Answer(adoption="adopted", reason="改成三所。", changed=second)
    answer(opinion=heeded, answer=told, by=su.account, at=LATER)
    told = Answer(adoption="declined", reason="学位不够。")
    answer(opinion=other, answer=told, by=su.account, at=LATER)
    return publish(consultation=finished, summary="谢谢大家。", by=su.account, at=LATER)


@pytest.fixture
def running(settled, bureau, su):
    """Another, still open on that day."""
    return sent(
        bureau, su, title="校服管理办法", closes=OPENS + timedelta(days=90), address="苔花路 1 号"
    )


def written(tmp_path, name="out"):
    folder = tmp_path / name
    call_command("publish", str(folder), verbosity=0)
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def addresses(page):
    return re.findall(r'\s(?:href|src)="([^"]*)"', page)


def test_list_draft_and_outcome_are_files_and_every_link_of_theirs_leads_somewhere(
    settled, running, tmp_path
):
    files = written(tmp_path)

    mine = {name for name in files if name.startswith("consultations/")}
    assert mine == {
        "consultations/index.html",
        f"consultations/{settled.pk}.html",
        f"consultations/{settled.pk}-outcome.html",
        f"consultations/{settled.pk}-draft.xml",
        f"consultations/{settled.pk}-final.xml",
        f"consultations/{running.pk}.html",
        f"consultations/{running.pk}-draft.xml",
    }
    for name in [each for each in mine if each.endswith(".html")]:
        for address in addresses(files[name].decode()):
            where = address.partition("#")[0]
            if where and not where.startswith((LIVING, "mailto:")):
                there = (tmp_path / "out" / name).parent.joinpath(where).resolve()
                assert there.is_file(), (name, address)
    assert 'href="consultations/index.html"' in files["index.html"].decode()


def test_the_draft_stands_there_with_its_explanation_and_what_became_of_it(settled, tmp_path):
    files = written(tmp_path)
    draft = files[f"consultations/{settled.pk}.html"].decode()
    outcome = files[f"consultations/{settled.pk}-outcome.html"].decode()

    for said in ("每年建两所新校。", "为什么要有规划。", "教育发展规划纲要"):
        assert said in draft
    assert f'href="{settled.pk}-outcome.html"' in draft
    for said in (
        "谢谢大家。",
        "再多建一所。",
        "改成三所。",
        "都不要建。",
        "学位不够。",
        "最终文本全文",
        "每年建三所新校。",
    ):
        assert said in outcome
    assert re.search(r"<del\s*>两</del\s*><ins\s*>三</ins", outcome)
    assert "赵某" not in draft + outcome


def test_nothing_can_be_sent_from_a_file_and_it_says_where_opinions_go(running, tmp_path):
    files = written(tmp_path)

    for name, content in files.items():
        if name.startswith("consultations/") and name.endswith(".html"):
            page = content.decode()
            assert "<form" not in page
            assert "<button" not in page
            assert "这是存档，不能在这里提意见" in page
            assert f'href="{LIVING}/portal/consultations/"' in page
            assert "回执号查" not in page
    assert "苔花路 1 号" in files[f"consultations/{running.pk}.html"].decode()


def test_nothing_moves_in_it_from_one_day_to_the_next(running, tmp_path, settings):
    one = written(tmp_path, "one")
    settings.TAIHUA_TODAY = LATER.date() + timedelta(days=5)
    other = written(tmp_path, "two")

    assert one == other
    assert "还有" not in one[f"consultations/{running.pk}.html"].decode()
    assert "2013 年 12 月 4 日" in one[f"consultations/{running.pk}.html"].decode()


def test_what_is_not_public_stays_at_home(bureau, section, su, tmp_path):
    inside = sent(
        bureau, su, audience="internal", units=[section], kind="ordinary", title="只问科里"
    )
    ahead = sent(
        bureau, su, title="还没有开始", opens=LATER.date() + timedelta(days=9),
        closes=LATER.date() + timedelta(days=60),
    )  # fmt: skip

    files = written(tmp_path)

    assert {name for name in files if name.startswith("consultations/")} == {
        "consultations/index.html"
    }
    page = files["consultations/index.html"].decode()
    assert inside.title not in page
    assert ahead.title not in page
    assert "现在没有征求意见的稿子" in page


def test_many_stand_on_several_pages_that_lead_to_each_other(settled, tmp_path):
    row = Consultation.objects.filter(pk=settled.pk).values().get()
    Consultation.objects.bulk_create(
        Consultation(**row | {"id": None, "title": f"第 {number} 份"}) for number in range(12)
    )

    files = written(tmp_path)

    assert 'href="list-2.html"' in files["consultations/index.html"].decode()
    assert 'href="index.html"' in files["consultations/list-2.html"].decode()


def test_the_map_names_them_where_they_will_lie(settled, tmp_path):
    folder = tmp_path / "out"
    call_command("publish", str(folder), address="https://kept.example/", verbosity=0)

    written_map = (folder / "sitemap.xml").read_bytes()
    hold_to_sitemaps_org(written_map)
    for name in ("index", f"{settled.pk}", f"{settled.pk}-outcome"):
        assert f"https://kept.example/consultations/{name}.html" in written_map.decode()


def test_the_living_page_has_the_whole_final_text_too(client, settled):
    way = f"/portal/consultations/{settled.pk}/outcome/"
    page = client.get(way, headers={"host": "edu.example"}, secure=True).text

    assert "最终文本全文" in page
    assert page.count("每年建三所新校。") == 1
    assert "这是存档" not in page
