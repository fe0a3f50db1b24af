"""The officers' page of opinions: fifty at a time, what is unanswered or set aside, what says the same."""

import pytest
from django.urls import reverse

from taihua.rooms.portal.actions.opinions import Answer, answer, join, set_aside
from taihua.rooms.portal.models import Opinion, OpinionGroup
from tests.rooms.portal.consultations.conftest import LATER, letter

DECLINED = Answer(adoption="declined", reason="财力不够。")


def to(name, *args):
    return reverse(f"portal:{name}", args=args)


@pytest.fixture
def office(logged_in, su):
    return logged_in(su)


@pytest.fixture
def sixty(out, su):
    """Sixty opinions, none like another."""
    first = letter(out, su.account, "第零条")
    signs = [chr(0x4E00 + 3 * number) * 3 for number in range(59)]
    return [first, *(letter(out, su.account, sign) for sign in signs)]


def shown(page):
    return [each.pk for each in page.context["opinions"]]


def test_fifty_stand_on_a_page_and_the_rest_on_the_next(office, out, sixty):
    first, second = (office.get(to("opinions", out.pk), {"page": page}) for page in (1, 2))

    assert shown(first) == [each.pk for each in sixty[:50]]
    assert shown(second) == [each.pk for each in sixty[50:]]
    assert "60 条意见" in second.text
    assert "60 条还没有答复" in second.text


def test_whoever_answers_comes_back_to_where_the_opinion_stands(office, out, sixty):
    told = {"adoption": "declined", "reason": "财力不够。"}

    back = office.post(to("answer-opinion", sixty[55].pk), told).url
    near = office.post(to("answer-opinion", sixty[1].pk), told).url
    going_on = office.post(f"{to('answer-opinion', sixty[2].pk)}?show=open", told).url

    assert back == f"{to('opinions', out.pk)}?page=2#o{sixty[55].pk}"
    assert near == f"{to('opinions', out.pk)}#o{sixty[1].pk}"
    assert going_on == f"{to('opinions', out.pk)}?show=open"
    assert shown(office.get(going_on))[:2] == [sixty[0].pk, sixty[3].pk]


def test_ticked_ones_are_joined_and_split_where_they_stand(office, out, sixty):
    ticked = [each.pk for each in sixty[53:55]]

    joined = office.post(to("join-opinions", out.pk), {"opinion": ticked, "title": "都说一件事"})

    assert joined.url == f"{to('opinions', out.pk)}?page=2#o{ticked[0]}"
    assert "合并在“都说一件事”里" in office.get(joined.url.partition("#")[0]).text
    split = office.post(to("split-opinion", ticked[1]))
    assert split.url == f"{to('opinions', out.pk)}?page=2#o{ticked[1]}"
    assert not OpinionGroup.objects.exists()


def test_what_was_answered_is_no_longer_among_the_unanswered(office, out, su, sixty):
    answer(opinion=sixty[0], answer=DECLINED, by=su.account, at=LATER)

    page = office.get(to("opinions", out.pk), {"show": "open"})

    assert shown(page) == [each.pk for each in sixty[1:51]]
    assert f"{to('answer-opinion', sixty[1].pk)}?show=open" in page.text


def test_what_is_set_aside_is_taken_back_in_from_its_own_list(office, out, su, sixty):
    gone = sixty[54]
    back = office.post(to("set-aside", gone.pk), {"reason": "是广告"}).url
    assert back == f"{to('opinions', out.pk)}?page=2#o{gone.pk}"
    page = office.get(to("opinions", out.pk), {"show": "aside"})
    assert shown(page) == [gone.pk]
    assert "是广告 · " in page.text
    assert 'type="checkbox"' not in page.text

    back = office.post(to("take-back-in", gone.pk)).url

    assert back == f"{to('opinions', out.pk)}?show=aside"
    assert "没有收起来的" in office.get(back).text


@pytest.mark.parametrize(
    ("show", "said"),
    [
        ("", "还没有收到意见。"),
        ("open", "还没有收到意见。"),
        ("aside", "没有收起来的。"),
        ("alike", "没有说得相近、还没有合并的。"),
        ("nonsense", "还没有收到意见。"),
    ],
)
def test_an_empty_list_says_what_it_would_hold(office, out, show, said):
    assert said in office.get(to("opinions", out.pk), {"show": show}).text


def test_when_all_is_answered_the_list_of_unanswered_says_so(office, out, su):
    answer(opinion=letter(out, su.account, "好。"), answer=DECLINED, by=su.account, at=LATER)

    assert "每条意见都有了答复。" in office.get(to("opinions", out.pk), {"show": "open"}).text


def test_the_matrix_counts_all_that_is_missing_and_lists_the_first_fifty(
    office, finished, sixty, settings
):
    settings.TAIHUA_TODAY = LATER.date()

    page = office.get(to("matrix", finished.pk)).text

    assert "还差 60 件事" in page
    assert page.count("：\n                            还没有答复") == 50
    assert "这里只列前 50 件" in page
    assert f"{to('opinions', finished.pk)}?show=open" in page


# --- what says nearly the same -----------------------------------------------------------------------


@pytest.fixture
def five_families(out, su):
    topics = [
        "城南也要建一所小学",
        "教师一年一换太快了",
        "校车要开到村口",
        "食堂价格要公开",
        "操场晚上也要开",
    ]
    return [
        [letter(out, su.account, f"{topic}{end}") for end in ("。", "吧。")] for topic in topics
    ]


def test_three_families_stand_above_the_list_and_all_on_their_own_page(office, out, five_families):
    page = office.get(to("opinions", out.pk))
    assert page.text.count("这几条说得相近") == 3
    assert "看全部 5 处相近的意见" in page.text

    page = office.get(to("opinions", out.pk), {"show": "alike"})

    assert page.text.count("这几条说得相近") == 5
    assert shown(page) == []


def test_a_suggestion_is_joined_with_one_press_however_many_it_holds(office, out, su):
    many = [letter(out, su.account, f"教师一年一换太快了{'！' * n}") for n in range(7)]
    page = office.get(to("opinions", out.pk))
    keys = " ".join(str(each.pk) for each in many)
    assert f'name="together" value="{keys}"' in page.text
    assert "还有 2 条" in page.text

    answered = office.post(to("join-opinions", out.pk), {"together": keys})

    assert answered.url == to("opinions", out.pk)
    assert OpinionGroup.objects.get().opinions.count() == 7
    assert "这几条说得相近" not in office.get(answered.url).text


@pytest.mark.parametrize("keys", ["", "²", "9" * 40, "-1 x", "999999999"])
def test_keys_that_are_none_join_nothing(office, out, su, keys):
    letter(out, su.account, "好。")

    page = office.post(to("join-opinions", out.pk), {"together": keys}, follow=True)

    assert "请至少勾选这里的两条意见" in page.text
    assert not Opinion.objects.exclude(group=None).exists()


def test_once_published_nothing_is_suggested_any_more(
    office, finished, su, five_families, settings
):
    settings.TAIHUA_TODAY = LATER.date()
    everything = [each for family in five_families for each in family]
    for each in everything:
        answer(opinion=each, answer=DECLINED, by=su.account, at=LATER)
    office.post(to("matrix", finished.pk), {"summary": ""})

    page = office.get(to("opinions", finished.pk))

    assert "这几条说得相近" not in page.text
    assert "10 条意见" in page.text


def test_pressed_twice_nothing_more_happens(office, out, su):
    one, other, apart = (letter(out, su.account, text) for text in ("甲甲甲", "乙乙乙", "丙丙丙"))
    join(consultation=out, opinions=[one, other], title="", by=su.account)
    set_aside(opinion=apart, reason="广告", by=su.account)
    before = list(Opinion.objects.order_by("pk").values())

    office.post(to("split-opinion", apart.pk))
    office.post(to("take-back-in", one.pk))

    assert list(Opinion.objects.order_by("pk").values()) == before
