"""The district that is there on 4 December 2013."""

import re
from collections import Counter
from datetime import date, datetime

import pytest
from django.db.models import Count, F

from taihua.base.clock import ZONE
from taihua.kernel import house
from taihua.kernel.commitments.queries import open_for
from taihua.kernel.measures.queries import records_of, values
from taihua.kernel.org.models import Account, Leave, Person, Term, Unit
from taihua.kernel.org.queries import holders_on, members_on, terms_on, unit_of
from taihua.kernel.records.queries import everything_said, statements
from taihua.kernel.rules.enums import State, Subject
from taihua.kernel.rules.logic import Rule, current_period, rule_periods
from taihua.kernel.rules.queries import duties_of, rules_in_force, standing, verdicts
from taihua.rooms.portal.models import Article
from taihua.rooms.reports.logic.board import MarkState
from taihua.rooms.reports.queries.board import board
from taihua.rooms.reports.queries.figures import visible_to, year_asked
from taihua.rooms.reports.queries.report import report_of, unsupported, version_of

pytestmark = pytest.mark.usefixtures("in_district")

ON = date(2013, 12, 4)
WELL_KEPT = {"haizhou.centre-days", "haizhou.law-study"}


def totals(year: int) -> dict[str, int]:
    counted = values(house.figures().values(), year_asked(year, ON))
    return {code: int(value.number) for code, value in counted.items()}


# --- the totals of the article ---------------------------------------------------------------------


def test_over_six_hundred_times_somebody_was_helped_and_over_two_hundred_students_funded():
    now = totals(2013)

    assert 600 < now["help.person_times"] < 700
    assert 200 < now["help.students"] < 300


def test_aid_of_over_120_000_yuan_went_to_over_600_pupils():
    now = totals(2013)

    assert 120_000 < now["care.aid_yuan"] < 130_000
    assert 600 < now["care.pupils"] < 700


@pytest.mark.parametrize("year", [2011, 2012, 2013])
def test_every_year_has_two_books_and_two_principals_forums(year):
    asked = totals(year)

    assert asked["reading.books-set"] == 2
    assert asked["forums.principals"] == 2


def test_two_volumes_came_out_and_the_evening_hour_began_in_august_2011():
    evenings = statements().filter(verb__code="shared-evening").order_by("day")

    assert totals(2013)["reading.volumes"] == 2
    assert evenings[0].day.strftime("%Y-%m") == "2011-08"


def test_the_years_report_is_issued_and_is_an_article_with_the_pages_furniture():
    issued = version_of(2013)
    article = Article.objects.get(version=issued.pk)
    words = article.live

    assert issued.document.number == "苔教〔2013〕1号"
    assert words.title == "围绕工作抓学习 抓好学习促工作"
    assert [str(each) for each in (article.column.above, article.column)] == [
        "专题专栏",
        "五先五夯实活动专栏",
    ]
    assert (words.source, words.byline) == ("苔花区教育局", "admin")
    assert article.published_at.astimezone(ZONE) == datetime(2013, 12, 4, 19, 52, 14, tzinfo=ZONE)
    assert [file.name.rpartition(".")[2] for file in article.files.order_by("name")] == [
        "docx",
        "pdf",
    ]
    assert "文中数据截至 2013 年 12 月 4 日 16:30" in words.html


def test_every_number_of_the_article_is_a_figure_that_was_counted_for_it():
    issued = version_of(2013)
    html = Article.objects.get(version=issued.pk).live.html
    shown = re.findall(r'<a class="figure" href="/reports/figures/([^/]+)/[^>]*>([^<]*)</a>', html)

    assert unsupported(report_of(2013, ON)) == []
    assert len(shown) > 40
    assert {(code, issued.provenance[code]["number"]) for code, _number in shown} == set(shown)
    assert {("help.person_times", "612"), ("care.pupils", "628")} <= set(shown)


# --- who is who -------------------------------------------------------------------------------------


def test_the_bureau_has_nine_leaders_fourteen_sections_and_sixty_four_people_in_them():
    sections = Unit.objects.filter(kind="section")

    assert holders_on(ON, tiers=["leadership"]).count() == 9
    assert sections.count() == 14
    assert terms_on(ON).filter(unit__in=sections).values("person").distinct().count() in range(
        58, 70
    )
    assert Unit.objects.filter(kind="branch").count() == 12
    assert Person.objects.count() == 260


@pytest.mark.parametrize(
    ("code", "name", "unit", "roles"),
    [
        ("lin", "林知远", "苔花区教育局", {"leader"}),
        ("zhou", "周明", "基础教育科", {"leader"}),
        ("shen", "沈青", "苔花一小", {"unit_clerk"}),
        ("wu", "吴江", "苔花二小", set()),
        ("su", "苏禾", "办公室", {"clerk"}),
        ("zheng", "郑岩", "督导室", {"auditor"}),
    ],
)
def test_the_cast_is_there_with_its_roles(code, name, unit, roles):
    person = Person.objects.get(code=code)

    assert person.name == name
    assert str(unit_of(person, ON)) == unit
    assert Account.objects.get(username=code).roles == roles
    assert Person.objects.filter(name=name).count() == 1


def test_the_keeper_is_nobody_and_may_do_everything():
    keeper = Account.objects.get(username="keeper")

    assert keeper.person is None
    assert keeper.roles == {"admin"}


def test_nobody_has_two_main_posts_on_one_day():
    terms = Term.objects.known().filter(concurrent=False).exclude(unit__code="retired")
    working = terms.exclude(unit__kind__in=["committee", "branch", "cell"])

    for day in (date(2011, 9, 1), date(2012, 6, 1), date(2013, 3, 1), ON):
        held = working.filter(first_day__lte=day).exclude(last_day__lt=day)
        counts = held.values("person").annotate(count=Count("pk"))
        assert [row for row in counts if row["count"] > 1] == []


def test_people_come_go_move_and_are_away_within_the_years():
    terms = Term.objects.known().filter(unit__kind__in=["section", "school"])

    assert terms.filter(first_day__gt=date(2011, 8, 1)).exists()
    assert terms.filter(last_day__isnull=False).exists()
    assert terms.filter(concurrent=True).exists()
    assert Leave.objects.known().exists()
    assert terms.values("person").annotate(count=Count("pk")).filter(count__gt=1).exists()


def test_an_end_that_was_learnt_late_corrects_what_was_believed():
    corrected = Term.objects.filter(known_until__isnull=False)

    assert corrected.exists()
    for term in corrected.select_related("person"):
        later = Term.objects.known().filter(
            person=term.person, post=term.post, unit=term.unit, first_day=term.first_day
        )
        assert [each.known_from for each in later] == [term.known_until]


def test_party_members_belong_to_the_branch_of_the_place_they_work_at():
    school, branch = Unit.objects.get(code="school-1"), Unit.objects.get(code="branch-1")
    elsewhere = set(members_on(branch, ON)) - set(members_on(school, ON))

    assert members_on(branch, ON).count() >= 3
    assert elsewhere == set()


# --- what is on record -------------------------------------------------------------------------------


def test_what_is_on_record_stands_in_the_order_in_which_it_became_known():
    told = everything_said().filter(entered_by__username="su").exclude(verb__code="adopted-rules")
    # What was made in the pages of a room is written while the story is told, before the ledgers.
    told = told.exclude(row_key=None)
    moments = list(told.values_list("stored_at", flat=True))

    assert moments == sorted(moments)
    assert not everything_said().filter(stored_at__lt=F("occurred_at")).exists()


def test_some_rows_were_entered_late_and_some_twice_and_taken_back():
    known_then = datetime(2012, 12, 31, 23, tzinfo=ZONE)
    late = statements().filter(day__lte=date(2012, 12, 31), stored_at__gt=known_then)
    taken_back = everything_said().filter(voids__isnull=False)

    assert late.exists()
    assert taken_back.count() > 10
    rows = taken_back.filter(voids__row_key__isnull=False)
    assert set(rows.values_list("context__reason", flat=True)) == {"重复登记"}


def test_nothing_happens_after_the_last_day():
    assert not everything_said().filter(day__gt=ON).exists()


def test_most_of_what_is_asked_was_done_and_some_is_owed():
    kept = Counter[State]()
    for rule in rules_in_force(ON):
        for states in standing(rule, rule_periods(rule, date(2012, 1, 1), ON), ON).values():
            kept.update(states)

    assert 0.7 < kept[State.DONE] / (kept[State.DONE] + kept[State.OWED]) < 0.97
    assert kept[State.EXEMPT] > 0


def test_no_rule_is_one_that_nobody_ever_kept():
    for rule in rules_in_force(ON):
        periods = [*rule_periods(rule, date(2012, 1, 1), ON), current_period(rule, ON)]
        states = Counter[State]()
        for found in standing(rule, periods, ON).values():
            states.update(found)
        assert states[State.DONE] > 0, rule.code


def test_the_director_has_things_done_and_things_to_do():
    states = {duty.state for duty in duties_of(Person.objects.get(code="lin"), ON)}

    assert State.DONE in states
    assert states & {State.ON_COURSE, State.DUE_SOON, State.OWED}


def test_every_branch_too_small_for_a_committee_is_let_off_its_meetings():
    rule = next(rule for rule in rules_in_force(ON) if rule.code == "haizhou.branch-committee")
    states = standing(rule, [current_period(rule, ON)], ON)
    small = Unit.objects.filter(kind="branch").exclude(terms__post__code="branch-committee")

    assert [found.get(State.EXEMPT, 0) for found in states.values()] == [small.count()]


# --- the year, told honestly --------------------------------------------------------------------------


def test_the_totals_are_those_of_the_article_to_the_last_one():
    now = totals(2013)

    assert (now["help.person_times"], now["help.persons"], now["help.students"]) == (612, 306, 206)
    assert (now["care.pupils"], now["care.aid_yuan"]) == (628, 125_600)
    assert (now["forums.principals"], now["reading.books-set"], now["reading.volumes"]) == (2, 2, 2)
    assert 2_000 < now["reading.notes-written"] < 2_500


def test_every_rule_of_the_year_is_mostly_kept_and_never_wholly():
    shares = {}
    for rule in rules_in_force(ON):
        states = states_in(rule, 2013)
        judged = sum(count for state, count in states.items() if state != State.EXEMPT)
        if judged >= 8:
            shares[rule.code] = (states[State.DONE] + states[State.DONE_LATE]) / judged

    assert len(shares) >= 18
    assert {code: share for code, share in shares.items() if share < 0.6} == {}
    assert {code for code, share in shares.items() if share == 1} == WELL_KEPT


@pytest.mark.parametrize("year", [2012, 2013])
def test_what_a_well_run_district_never_leaves_undone_was_done_by_all_its_leaders(year):
    rules = {rule.code: states_in(rule, year) for rule in rules_in_force(ON)}

    assert {code: dict(rules[code]) for code in WELL_KEPT} == {
        code: {State.DONE: 9} for code in WELL_KEPT
    }


def test_every_state_is_there_to_be_seen():
    found = sum((states_in(rule, 2013) for rule in rules_in_force(ON)), Counter[State]())

    assert {state for state in State if found[state]} == set(State) - {State.NOT_APPLICABLE}


def states_in(rule: Rule, year: int) -> Counter[State]:
    found = Counter[State]()
    periods = rule_periods(rule, date(year, 1, 1), date(year, 12, 31))
    for states in standing(rule, periods, ON).values():
        found.update({State(state): count for state, count in states.items()})
    return found


def test_marks_are_full_or_partly_there_or_missing_and_tell_what_is_missing():
    rows = board(2013, ON)
    cells = [cell for row in rows for cell in row.cells]
    states = Counter(cell.state for cell in cells)
    missing = [
        (row.code, cell.name) for row in rows for cell in row.cells if cell.state is MarkState.NONE
    ]

    assert len(cells) == 4 * len(house.mechanisms())
    assert states[MarkState.DONE] >= 30
    assert states[MarkState.PART] >= 20
    assert missing == [("L3", "计划"), ("L9", "效果")]  # never planned; not followed up yet
    assert [cell.name for cell in cells if not cell.gap] == []


def test_every_mark_opens_what_proves_it(client):
    client.force_login(Account.objects.get(username="su"))

    for row in board(2013, ON):
        for cell in row.cells:
            assert cell.href, (row.code, cell.name)
    for address in {cell.href for row in board(2013, ON) for cell in row.cells}:
        assert client.get(address).status_code == 200, address


def test_study_lacks_only_what_the_story_means_to_be_lacking():
    """A lecture in December, one without homework, one unanswered; two sessions still under way."""
    gaps = {
        row.code: {cell.name: cell.shown for cell in row.gaps}
        for row in board(2013, ON)
        if row.code in {"L1", "L4", "L5"}
    }

    assert gaps == {
        "L1": {"效果": "80%"},
        "L4": {"内容": "88.9%", "检查": "87.5%", "效果": "75%"},
        "L5": {"效果": "50%"},
    }


def test_what_a_mark_counts_is_on_record():
    asked = year_asked(2013, ON)
    declared = house.figures()
    for mechanism in house.mechanisms():
        for mark in (mechanism.plan, mechanism.content, mechanism.check, mechanism.effect):
            thing = declared.get(mark.figure)
            if thing is not None:
                counted = values([thing], asked)[thing.code].number
                assert bool(counted) <= records_of(thing, asked).exists(), thing.code


# --- the desks of the cast ----------------------------------------------------------------------------


def desk(code: str) -> dict[State, list[tuple[str, str]]]:
    found: dict[State, list[tuple[str, str]]] = {state: [] for state in State}
    person = Person.objects.get(code=code)
    for rule in rules_in_force(ON):
        if rule.subject is not Subject.PERSON:
            continue
        periods = rule_periods(rule, date(2013, 1, 1), date(2013, 12, 31))
        for row in verdicts(rule, periods, ON, subjects=[person.pk]):
            found[row.state].append((rule.code, row.period.key))
    return found


def test_the_director_owes_one_visit_and_another_is_due_soon():
    found = desk("lin")

    assert found[State.OWED] == [("haizhou.visit-month", "2013-09")]
    assert ("haizhou.visit-month", "2013-11") in found[State.DUE_SOON]
    assert len(found[State.DONE]) > 30


def test_the_section_head_owes_a_resit_that_is_overdue():
    resits = [each for each in open_for(Person.objects.get(code="zhou")) if each.due < ON]

    assert sum("补查" in each.what for each in resits) == 1


def test_the_teacher_has_done_nearly_everything_and_shown_some_of_it():
    found, shen = desk("shen"), Person.objects.get(code="shen")

    assert not found[State.OWED]
    assert len(found[State.DONE]) >= 10
    assert statements().filter(person=shen, verb__code="shared-note").exists()


def test_the_newcomer_has_three_months_behind_him_and_nothing_of_the_others(client):
    found, wu = desk("wu"), Person.objects.get(code="wu")

    assert min(statements().filter(person=wu).values_list("day", flat=True)) > date(2013, 9, 1)
    assert {code for state in State for code, _key in found[state]} == {"haizhou.evening-note"}
    assert not visible_to(wu.account, statements(), ON).exclude(person=wu).exists()
