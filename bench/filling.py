"""Fills an empty database with the district of a measurement; the year's acts by SQL alone."""

from datetime import date, timedelta

from django.core.management import call_command
from django.db import connection, transaction

from bench.dataset import ACTS, FIRST, LAST, LONG_AGO, PEOPLE_A_SCHOOL, UNIT_ACTS, chance
from bench.rulebook import IN_FORCE, entries, verbs
from taihua.kernel.org.models import Account, Grant, Leave, Person, Post, PostTag, Term, Unit
from taihua.kernel.records.actions import learn_words
from taihua.kernel.rules.models import RuleBook, RuleEntry
from taihua.site.demo.names import Names
from taihua.site.demo.plan import POSTS

BATCH = 1000
TABLE = "records_statement"
COLUMNS = (
    "uuid, person_id, unit_id, verb_id, kind_id, object_path, object_label, occurred_at, day,"
    " counts_on, stored_at, hundredths"
)


def fill(people: int) -> None:
    """Lay the tables and put everything in."""
    call_command("migrate", interactive=False, verbosity=0)
    with transaction.atomic():
        _words()
        _rules()
        _Roster(people).write()
        _accounts()
        _acts()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    connection.close()


def _words() -> None:
    kinds = {kind for _w, _v, kind, _n in ACTS} | {kind for _v, kind, _k, _n in UNIT_ACTS}
    known = {verb for _w, verb, _k, _n in ACTS} | {verb for verb, *_rest in UNIT_ACTS}
    labels = _labels()
    learn_words(
        [(verb, labels.get(verb, verb)) for verb in sorted(known | set(verbs()))],
        [(kind, labels.get(kind, kind)) for kind in sorted(kinds)],
    )


def _labels() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code, label FROM records_verb UNION ALL SELECT code, label FROM records_objectkind"
        )
        return dict(cursor.fetchall())


def _rules() -> None:
    book = RuleBook.objects.create(
        code="bench", version=1, title="量度", level="custom", source="bench",
        effective_from=IN_FORCE, text="", adopted_at=LONG_AGO,
    )  # fmt: skip
    RuleEntry.objects.bulk_create(
        RuleEntry(
            book=book,
            code=data["code"],
            mechanism=data["mechanism"],
            data=data,
            in_force_from=IN_FORCE,
            valid_from=IN_FORCE,
            known_from=LONG_AGO,
        )
        for data in entries()
    )


SEATS = ("principal", "vice-principal", "dean")
LEADERS = 9
LATELY, MOVED, LEFT, IN_PARTY, AWAY = 0.04, 0.05, 0.02, 0.45, 0.08


class _Roster:
    """Who is where: most stay, some join, move or leave within the year, some are away."""

    def __init__(self, people: int) -> None:
        self.rng = chance(people)
        self.posts = _posts()
        self.schools, self.branches = _units(people)
        self.terms: list[Term] = []
        self.leaves: list[Leave] = []
        names = Names(self.rng)
        self.people = [Person(code=f"B{n:06}", name=names.next()) for n in range(people)]

    def write(self) -> None:
        Person.objects.bulk_create(self.people, batch_size=BATCH)
        for number, person in enumerate(self.people):
            self._place(number, person)
        Term.objects.bulk_create(self.terms, batch_size=BATCH)
        Leave.objects.bulk_create(self.leaves, batch_size=BATCH)

    def _place(self, number: int, person: Person) -> None:
        rng, place = self.rng, number % len(self.schools)
        seat = number // len(self.schools)
        post = SEATS[seat] if seat < len(SEATS) else "teacher"
        post = "deputy-director" if number < LEADERS else post
        lately = rng.random() < LATELY
        joined = FIRST + timedelta(days=rng.randrange(300)) if lately else date(2009, 9, 1)
        moved = FIRST + timedelta(days=rng.randrange(20, 340))
        school = self.schools[place]
        if rng.random() < MOVED and not lately:
            next_one = self.schools[(place + 1) % len(self.schools)]
            self._term(person, post, school, joined, moved)
            self._term(person, post, next_one, moved + timedelta(days=1))
        elif rng.random() < LEFT:
            self._term(person, post, school, joined, max(joined, moved))
        else:
            self._term(person, post, school, joined)
        if rng.random() < IN_PARTY:
            self._term(person, "member", self.branches[place], joined)
        if rng.random() < AWAY:
            self._leave(person, FIRST + timedelta(days=rng.randrange(330)))

    def _term(
        self, person: Person, post: str, unit: Unit, first: date, last: date | None = None
    ) -> None:
        self.terms.append(
            Term(
                person=person,
                post=self.posts[post],
                unit=unit,
                first_day=first,
                last_day=last,
                known_from=LONG_AGO,
            )
        )

    def _leave(self, person: Person, first: date) -> None:
        last = first + timedelta(days=self.rng.randrange(98))
        self.leaves.append(
            Leave(person=person, first_day=first, last_day=last, kind="sick", known_from=LONG_AGO)
        )


def _posts() -> dict[str, Post]:
    posts = {}
    for code, name, tier, tags in POSTS:
        posts[code] = Post.objects.create(code=code, name=name, tier=tier)
        PostTag.objects.bulk_create(PostTag(post=posts[code], tag=tag) for tag in tags)
    return posts


def _units(people: int) -> tuple[list[Unit], list[Unit]]:
    count = max(4, people // PEOPLE_A_SCHOOL)
    opened = date(2003, 9, 1)
    bureau = Unit.objects.create(code="bureau", name="苔花区教育局", kind="bureau", opened=opened)
    committee = Unit.objects.create(
        code="committee", name="苔花区教育局党委", kind="committee", parent=bureau, opened=opened
    )
    schools = [
        Unit(code=f"s{n:04}", name=f"第{n}学校", kind="school", parent=bureau, opened=opened)
        for n in range(count)
    ]
    branches = [
        Unit(
            code=f"b{n:04}", name=f"第{n}学校党支部", kind="branch", parent=committee, opened=opened
        )
        for n in range(count)
    ]
    Unit.objects.bulk_create([*schools, *branches], batch_size=BATCH)
    return schools, branches


def _accounts() -> None:
    """One login for each role; a session is made where it is needed."""
    bureau = Unit.objects.get(code="bureau")
    school = Unit.objects.get(code="s0000")
    people = list(Person.objects.order_by("pk")[:60])
    wanted = [("leader", people[0], bureau), ("unit_clerk", people[20], school), ("", people[30], None),
              ("clerk", people[40], None), ("auditor", people[50], None), ("admin", None, None)]  # fmt: skip
    for role, person, unit in wanted:
        account = Account.objects.create_user(f"bench-{role or 'member'}", person=person)
        if role:
            Grant.objects.create(account=account, role=role, unit=unit)


def _acts() -> None:
    """One act for each person and day in order of time, then those of units, then the voidings."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sql, name FROM sqlite_master WHERE type = 'index' AND tbl_name = %s"
            " AND sql IS NOT NULL",
            [TABLE],
        )
        indexes = cursor.fetchall()
        for _sql, name in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        cursor.execute("CREATE TEMP TABLE weighted (h INTEGER PRIMARY KEY, verb, kind, path, n)")
        cursor.executemany("INSERT INTO weighted VALUES (%s, %s, %s, %s, %s)", _weights(cursor))
        cursor.execute(_everyday())
        for verb, kind, of, every in UNIT_ACTS:
            cursor.execute(
                _of_units(_id(cursor, "verb", verb), _id(cursor, "objectkind", kind), of, every)
            )
        cursor.execute(_voidings(_id(cursor, "verb", "voided")))
        for sql, _name in indexes:
            cursor.execute(sql)


def _weights(cursor: object) -> list[tuple[int, int, int, str, int]]:
    rows: list[tuple[int, int, int, str, int]] = []
    for weight, verb, kind, objects in ACTS:
        row = (_id(cursor, "verb", verb), _id(cursor, "objectkind", kind), kind, objects)
        rows += [(len(rows) + n, *row) for n in range(weight)]
    return rows


def _id(cursor: object, table: str, code: str) -> int:
    cursor.execute(f"SELECT id FROM records_{table} WHERE code = %s", [code])  # type: ignore[attr-defined]
    return int(cursor.fetchone()[0])  # type: ignore[attr-defined]


_DAYS = f"""
    WITH RECURSIVE days(d) AS (
      SELECT {FIRST.toordinal()} UNION ALL SELECT d + 1 FROM days WHERE d < {LAST.toordinal()})"""
# A day's number as the text of a moment, nine in the morning and some minutes.
_MOMENT = "datetime('0001-01-01', (d - 1) || ' days', '+' || (60 + p % 600) || ' minutes')"
_UUID = "printf('%08x%04x4%03x8%03x%012x', {a}, {b} & 65535, {c} & 4095, {c} & 4095, {d})"


def _everyday() -> str:
    uuid = _UUID.format(a="p", b="d", c="p % 4096", d="d * 100000 + p")
    moment = _MOMENT
    return f"""
    INSERT INTO {TABLE} ({COLUMNS})
    {_DAYS},
    each_one AS (
      SELECT d, id AS p, (id * 7919 + d * 104729 + (id * d) % 8191 * 31) % 100003 AS h
      FROM days CROSS JOIN org_person)
    SELECT {uuid}, p, NULL, w.verb, w.kind, w.path || '/' || (e.h / 100 % w.n), '第' || (e.h / 100 % w.n) || '件',
           {moment}, d, CASE WHEN e.h % 71 = 0 AND d > {FIRST.toordinal()} + 6 THEN d - 6 ELSE d END,
           CASE WHEN e.h % 53 = 0 THEN datetime({moment}, '+9 days') ELSE {moment} END,
           CASE WHEN e.h % 5 = 0 THEN 50 ELSE 100 END
    FROM each_one e JOIN weighted w ON w.h = e.h % 100"""


def _of_units(verb: int, kind: int, of: str, every: int) -> str:
    uuid = _UUID.format(a="4000000000 + p", b="d", c=str(kind), d="d * 100000 + p")
    moment = _MOMENT
    return f"""
    INSERT INTO {TABLE} ({COLUMNS})
    {_DAYS}, each_one AS (
      SELECT d, id AS p FROM days CROSS JOIN org_unit WHERE kind = '{of}' AND (id * 13 + d) % {every} = 0)
    SELECT {uuid}, NULL, p, {verb}, {kind}, '{of}/' || p || '/' || d, '会议', {moment}, d, d, {moment}, 100
    FROM each_one"""


def _voidings(verb: int) -> str:
    return f"""
    INSERT INTO {TABLE} ({COLUMNS}, voids_id)
    SELECT 'f' || substr(uuid, 2), person_id, unit_id, {verb}, kind_id, object_path, object_label,
           stored_at, day, day, stored_at, 100, id
    FROM {TABLE} WHERE id % 997 = 0"""
