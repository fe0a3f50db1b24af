import pytest

from taihua.rooms.outreach.actions.proposals import answer
from taihua.rooms.outreach.models import ProposalStep
from tests.factories import NINE
from tests.rooms.outreach.conftest import TODAY

ADOPTED = {"decision": "adopted", "words": "已纳入教研日程。", "due": "2013-12-31"}


def step(proposal, kind):
    return f"/outreach/proposals/{proposal.pk}/{kind}/"


def test_a_proposal_is_answered_carried_out_felt_and_looked_back_on(
    logged_in, proposal, lin, zhou, shen
):
    for who, kind, said in (
        (zhou, "answered", ADOPTED),
        (shen, "felt", {"effect": "helped", "words": "答得快。"}),
        (zhou, "carried", {"words": "已共同备课两次。"}),
        (lin, "looked-back", {"effect": "partly", "words": "还可以多几次。"}),
    ):
        page = logged_in(who).post(step(proposal, kind), said, follow=True)
        assert "已记下。" in page.text

    page = logged_in(shen).get(f"/outreach/proposals/{proposal.pk}/").text
    for words in ("采纳", "已纳入教研日程。", "有一些帮助", "已回头看"):
        assert words in page
    assert page.count('class="line-done"') == 4


@pytest.mark.parametrize("who", ["lin", "shen", "su", "zheng", "wu"])
def test_who_does_not_own_a_proposal_finds_no_page_to_answer_it(request, logged_in, proposal, who):
    browser = logged_in(request.getfixturevalue(who))

    assert browser.get(step(proposal, "answered")).status_code == 404
    assert browser.post(step(proposal, "answered"), ADOPTED).status_code == 404
    assert not ProposalStep.objects.exists()


def test_a_refusal_without_a_reason_is_told_and_nothing_changes(logged_in, proposal, zhou):
    page = logged_in(zhou).post(step(proposal, "answered"), {"decision": "refused", "words": ""})

    assert "还有几处要改" in page.text
    assert not ProposalStep.objects.exists()


def test_an_adoption_without_a_day_keeps_what_was_typed(logged_in, proposal, zhou):
    said = ADOPTED | {"due": ""}

    page = logged_in(zhou).post(step(proposal, "answered"), said).text

    assert "哪天前落实" in page
    assert "已纳入教研日程。" in page


def test_the_party_office_hands_on_and_the_new_owner_may_answer(
    logged_in, proposal, su, school, shen, zhou
):
    logged_in(su).post(step(proposal, "handed-on"), {"taker": "school-1", "words": "学校的事。"})

    assert logged_in(zhou).get(step(proposal, "answered")).status_code == 404
    assert logged_in(shen).get(step(proposal, "answered")).status_code == 200


def test_an_unknown_step_is_no_page(logged_in, proposal, zhou):
    assert logged_in(zhou).get(step(proposal, "liked")).status_code == 404


def test_the_line_tells_in_words_what_waits_and_what_is_overdue(
    logged_in, proposal, zhou, settings
):
    address = f"/outreach/proposals/{proposal.pk}/"
    page = logged_in(zhou).get(address).text
    assert "正等着" in page
    assert 'aria-current="step"' in page

    settings.TAIHUA_TODAY = TODAY.replace(year=2014)
    assert "已过期限" in logged_in(zhou).get(address).text


def test_the_list_is_filtered_by_stage_and_by_whose_it_is(logged_in, proposal, lin, zhou, shen):
    answer(proposal=proposal, decision="explained", words="有。", at=NINE, by=zhou.account)

    for browser, query, is_there in (
        (logged_in(zhou), "", True),
        (logged_in(zhou), "?stage=explained&whose=ours", True),
        (logged_in(zhou), "?stage=to-answer", False),
        (logged_in(zhou), "?whose=mine", False),
        (logged_in(lin), "?whose=mine", True),
        (logged_in(shen), "?whose=ours", False),
        (logged_in(shen), "?stage=nonsense", True),
    ):
        page = browser.get(f"/outreach/proposals/{query}").text
        assert ("请两校结对教研。" in page) is is_there, query
