"""Three steps by three people; what is public changes only by the last of them."""

from datetime import timedelta

import pytest

from taihua.kernel.org.models import Unit
from taihua.kernel.records.queries import statements
from taihua.rooms.portal.access.articles import may_review, reviewing
from taihua.rooms.portal.actions.articles import ArticleRefused, Place, begin, write
from taihua.rooms.portal.actions.pictures import add_picture
from taihua.rooms.portal.actions.review import (
    Sensitive,
    give_back,
    hand_in,
    issue,
    pass_on,
    restore,
    withdraw,
)
from taihua.rooms.portal.enums import Stage
from taihua.rooms.portal.models import Article
from taihua.rooms.portal.queries.editing import (
    changes_since,
    hands_of,
    hands_to_come,
    stage,
    waiting_for_issue,
    waiting_for_review,
)
from tests.factories import NINE
from tests.rooms.portal.conftest import png, words


def take(step, article, by, expected=1, **more):
    account = getattr(by, "account", by)
    return step(article=article, expected=expected, by=account, at=NINE, **more)


def to_come(article):
    return hands_to_come(article, stage(article), hands_of(article))


def again(article, by, expected, **changed):
    return write(
        article=article,
        words=words(**changed),
        place=None,
        expected=expected,
        by=by.account,
        at=NINE,
    )


def test_three_people_bring_a_text_to_the_public_and_it_goes_on_record_once(published, school):
    published.refresh_from_db()
    record = statements().get(verb__code="published")

    assert published.live == published.newest
    assert published.published_at == NINE
    assert [s.step for s in published.newest.steps.order_by("pk")] == ["hand_in", "pass", "issue"]
    assert (record.unit, record.object_path, record.object_label) == (
        school,
        f"portal/article/{published.pk}",
        "全区秋季开学检查",
    )
    assert record.context == {"column": "工作动态", "source": "苔花一小"}


def test_nobody_passes_a_text_that_they_wrote_or_handed_in(draft, su, shen):
    again(draft, su, 1, text="苏禾改过一笔。")
    take(hand_in, draft, shen, 2)

    with pytest.raises(ArticleRefused, match="要由别人来办"):
        take(pass_on, draft, su, 2)
    assert list(waiting_for_review(su.account)) == []


def test_the_head_of_a_section_reviews_what_is_written_for_the_bureau(
    news, su, zhou, lin, bureau, section
):
    section.parent = bureau
    section.save()
    place = Place(column=news, unit=bureau)
    article = begin(words=words(), place=place, by=su.account, at=NINE)
    assert to_come(article) == []
    take(hand_in, article, su)

    assert to_come(article) == [zhou.account, lin.account]
    assert [each.pk for each in waiting_for_review(zhou.account)] == [article.pk]
    take(pass_on, article, zhou)
    article.refresh_from_db()
    assert to_come(article) == [lin.account]
    take(issue, article, lin)
    article.refresh_from_db()
    assert (stage(article), to_come(article)) == (Stage.ISSUED, [])


def test_who_is_named_for_a_review_and_who_may_take_it_are_the_same(
    lin, zhou, shen, wu, su, zheng, bureau, section, school, other_school
):
    Unit.objects.filter(pk=section.pk).update(parent=bureau)
    for person in (lin, zhou, shen, wu, su, zheng):
        account = person.account
        for unit in Unit.objects.all():
            named = account.grants.filter(reviewing(unit)).exists()
            assert named == may_review(account, Article(unit=unit)), (person, unit)


def test_a_section_reviews_nothing_for_a_school(handed_in, zhou, su, lin):
    assert list(waiting_for_review(zhou.account)) == []
    assert to_come(handed_in) == [su.account]
    with pytest.raises(ArticleRefused, match="不归您审核"):
        take(pass_on, handed_in, zhou)


def test_whoever_passed_it_does_not_issue_it(news, lin, deputy, bureau, su):
    place = Place(column=news, unit=bureau)
    article = begin(words=words(), place=place, by=su.account, at=NINE)
    take(hand_in, article, su)
    take(pass_on, article, lin)

    with pytest.raises(ArticleRefused, match="是您审核的"):
        take(issue, article, lin)
    assert list(waiting_for_issue(lin.account)) == []
    assert list(waiting_for_issue(deputy)) == [article]
    take(issue, article, deputy)


def test_who_leads_another_unit_reviews_nothing_and_only_the_bureau_issues(handed_in, zhou, su):
    with pytest.raises(ArticleRefused, match="不归您审核"):
        take(pass_on, handed_in, zhou)
    take(pass_on, handed_in, su)
    for nobody in (zhou, su):
        with pytest.raises(ArticleRefused, match="局领导"):
            take(issue, handed_in, nobody)


def test_a_step_out_of_turn_is_refused(draft, su, lin):
    with pytest.raises(ArticleRefused, match="还轮不到"):
        take(pass_on, draft, su)
    with pytest.raises(ArticleRefused, match="还轮不到"):
        take(issue, draft, lin)


def test_a_step_with_an_older_text_is_refused(handed_in, shen, su):
    again(handed_in, shen, 1, text="又改。")

    with pytest.raises(ArticleRefused, match="又存了新的一稿"):
        take(pass_on, handed_in, su)
    handed_in.refresh_from_db()
    assert stage(handed_in) == Stage.DRAFT


def test_returned_with_its_reason_it_is_changed_and_handed_in_again(passed, lin, shen, su):
    with pytest.raises(ArticleRefused, match="退回的原因"):
        take(give_back, passed, lin, reason=" ")
    take(give_back, passed, lin, reason="数字核对一下")
    again(passed, shen, 1, text="核对过了。")
    take(hand_in, passed, shen, 2)

    passed.refresh_from_db()
    assert stage(passed) == Stage.IN_REVIEW
    assert list(waiting_for_review(su.account)) == [passed]
    assert ("new", "核对过了。") in changes_since(passed, 1)


def test_a_text_set_for_later_waits_for_its_moment(draft, shen, su, lin):
    draft.published_at = NINE + timedelta(days=3)
    draft.save()
    take(hand_in, draft, shen)
    take(pass_on, draft, su)
    article = take(issue, draft, lin)

    assert not article.is_public(NINE)
    assert article.is_public(NINE + timedelta(days=4))


def test_a_correction_is_issued_the_same_way_keeps_its_day_and_is_not_recorded_again(
    published, shen, su, lin
):
    again(published, shen, 1, text="更正。")
    take(hand_in, published, shen, 2)
    take(pass_on, published, su, 2)
    published.refresh_from_db()
    assert published.live.number == 1
    later = NINE + timedelta(days=1)
    article = issue(article=published, expected=2, by=lin.account, at=later)

    assert article.live.number == 2
    assert article.published_at == NINE
    assert statements().filter(verb__code="published").count() == 1


def test_taken_down_and_put_back_by_who_issues(published, lin, su):
    with pytest.raises(ArticleRefused, match="由签发人"):
        withdraw(article=published, reason="x", by=su.account, at=NINE)
    with pytest.raises(ArticleRefused, match="不用恢复"):
        restore(article=published, by=lin.account, at=NINE)

    down = withdraw(article=published, reason="数字有误", by=lin.account, at=NINE)
    assert not down.is_public(NINE)
    with pytest.raises(ArticleRefused, match="没有公开"):
        withdraw(article=published, reason="数字有误", by=lin.account, at=NINE)
    up = restore(article=published, by=lin.account, at=NINE)

    assert up.is_public(NINE)
    assert stage(up) == Stage.ISSUED


def test_an_identity_number_stops_a_text_before_review(draft, shen):
    again(draft, shen, 1, text="证号 11010519491231002X")

    with pytest.raises(Sensitive) as told:
        take(hand_in, draft, shen, 2)

    assert [f.where for f in told.value.findings] == ["正文"]


def test_a_mobile_number_is_issued_only_with_a_reason_and_the_reason_is_kept(draft, shen, su, lin):
    again(draft, shen, 1, text="联系 13800138000")
    take(hand_in, draft, shen, 2)
    take(pass_on, draft, su, 2)
    with pytest.raises(Sensitive, match="手机号码"):
        take(issue, draft, lin, 2)

    take(issue, draft, lin, 2, reason="值班手机，本人同意公开")

    assert draft.revisions.get(number=2).steps.get(step="issue").reason == "值班手机，本人同意公开"


def test_somebody_of_another_school_hands_nothing_in(draft, wu):
    with pytest.raises(ArticleRefused, match="不归您送审"):
        take(hand_in, draft, wu)

    assert not draft.newest.steps.exists()


def test_what_was_taken_down_is_put_back_by_who_issues_alone(published, lin, su):
    withdraw(article=published, reason="数字有误", by=lin.account, at=NINE)

    with pytest.raises(ArticleRefused, match="恢复由签发人来办"):
        restore(article=published, by=su.account, at=NINE)

    published.refresh_from_db()
    assert published.live is None


def test_a_number_in_the_words_of_a_picture_that_came_after_the_review_stops_the_issue(
    passed, shen, lin
):
    add_picture(
        article=passed,
        content=png(),
        alt="证件",
        caption="证号 11010519491231002X",
        by=shen.account,
        at=NINE,
    )

    with pytest.raises(Sensitive, match="改掉以前不能签发") as told:
        take(issue, passed, lin, reason="急用")

    assert [each.where for each in told.value.findings] == ["图1的文字"]
    passed.refresh_from_db()
    assert passed.live is None


def test_what_would_go_before_it_came_is_not_issued(passed, lin):
    passed.expires_at = NINE
    passed.save()

    with pytest.raises(ArticleRefused, match="撤下时间已经过了，请先改撤下时间"):
        take(issue, passed, lin)

    assert not statements().filter(verb__code="published").exists()
