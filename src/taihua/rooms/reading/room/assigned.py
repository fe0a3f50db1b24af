"""The books that the demonstration district was set, and how they were read and checked."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from taihua.kernel.house import Story
from taihua.kernel.org.enums import Tier
from taihua.kernel.org.models import Person, Unit
from taihua.kernel.records.actions import Draft
from taihua.rooms.reading.actions.assignments import Setting, set_book
from taihua.rooms.reading.actions.checks import ask_resit, hand_in_answers
from taihua.rooms.reading.enums import Binding, CheckKind, Outcome
from taihua.rooms.reading.models import Answer, Assignment, Attempt, Book, ReaderGroup, Reading

UNREAD = 0.06
QUESTIONS = (
    "书中哪一句话与您眼下的工作最有关系？为什么？",
    "读完以后，您打算把哪一件事做得不一样？",
)
ANSWERS = (
    "书里说到“先去做，再来说”的那几页。留守儿童的走访就是一步一步的事，先把名册走完。",
    "每次下校先听一节课再开口，回来写三条看到的，不写空话。",
)


@dataclass(frozen=True, slots=True)
class AssignedBook:
    """One of the two books of a year: set, read, checked."""

    story: Story
    year: int
    book: Book
    committee: Unit
    reviewers: Sequence[Person]
    first: bool

    @property
    def set_date(self) -> date:
        day = date(self.year, 3, 1) if self.first else date(self.year, 9, 2)
        return max(day, self.story.first + timedelta(days=7))

    @property
    def due_date(self) -> date:
        day = date(self.year, 6, 30) if self.first else date(self.year, 12, 20)
        return max(day, self.set_date + timedelta(days=90))

    @property
    def is_open(self) -> bool:
        return self.story.on < self.due_date

    def tell(self, readers: Sequence[Person]) -> None:
        story = self.story
        if self.set_date > story.on:
            return
        assignment = self._set()
        finished = list(self._finished(readers))
        failing = self._failing(finished)
        Reading.objects.bulk_create(
            Reading(reader=person, book=self.book, started_date=self.set_date, finished_date=day)
            for person, day in finished
        )
        passed = [
            (person, day)
            for person, day in finished
            if day + timedelta(days=9) <= story.on and person not in failing
        ]
        attempts = Attempt.objects.bulk_create(
            self._passed_attempt(assignment, person, day) for person, day in passed
        )
        questions = list(assignment.questions.order_by("position"))
        Answer.objects.bulk_create(
            Answer(attempt=attempt, question=question, text=text)
            for attempt in attempts
            for question, text in zip(questions, ANSWERS, strict=True)
        )
        for person, day in finished:
            story.add(self._draft("started-book", person, self.set_date))
            story.add(self._draft("read", person, day))
        for attempt in attempts:
            story.add(self._draft("passed-check", attempt.reader, self._handed_in(attempt)))
        for person in failing:
            self._ask_again(assignment, person)
        if self.is_open:
            self._leave_open(assignment, readers, finished)

    def _set(self) -> Assignment:
        groups = [
            ReaderGroup(binding=Binding.REQUIRED, tier="leadership"),
            ReaderGroup(binding=Binding.REQUIRED, tier="middle"),
            ReaderGroup(binding=Binding.RECOMMENDED, tier="staff"),
        ]
        setting = Setting(
            book=self.book,
            setter=self.committee,
            set_date=self.set_date,
            due_date=self.due_date,
            check_kind=CheckKind.ANSWERS,
            request="读原书，联系自己的工作，用自己的话回答。",
            questions=QUESTIONS,
            groups=groups,
            reviewers=self.reviewers,
        )
        return set_book(setting=setting, at=self.story.moment(self.set_date))

    def _finished(self, readers: Sequence[Person]) -> Iterator[tuple[Person, date]]:
        """Nearly everybody reads in time, the leadership first; the present book is not finished.

        Of the cast, nobody leaves out a book, and the first is still at the present one.
        """
        story, span = self.story, (self.due_date - self.set_date).days
        leaders = set(story.people(tier=Tier.LEADERSHIP))
        cast, unread = story.cast(), story.lapses(len(readers), UNREAD)
        for number, person in enumerate(readers):
            quick = person in leaders
            day = self.set_date + timedelta(
                days=story.rng.randint(span // 4, span * 2 // 3 if quick else span * 9 // 10)
            )
            left_out = number in unread and person.code not in cast
            if day <= story.on and not left_out and not (self.is_open and number == 0):
                yield person, day

    def _failing(self, finished: Iterable[tuple[Person, date]]) -> list[Person]:
        """Who of the cast did not pass the check of this year's first book: a middle cadre."""
        story = self.story
        if self.is_open or not self.first or self.year != story.on.year:
            return []
        cast = story.cast() & {person.code for person in story.people(tier=Tier.MIDDLE)}
        return [person for person, _day in finished if person.code in cast]

    def _ask_again(self, assignment: Assignment, person: Person) -> None:
        """The paper came a day late and said little; the resit is still owed."""
        handed_in = self.due_date + timedelta(days=1)
        attempt = hand_in_answers(
            reader=person,
            assignment=assignment,
            answers=self._answers(assignment),
            at=self.story.moment(handed_in, 21),
        )
        if attempt.reviewer is not None:
            ask_resit(
                reviewer=attempt.reviewer,
                attempt=attempt,
                remark="第二题只说了打算，请再读第七章，写写科里哪件事已经变了。",
                at=self.story.moment(min(handed_in + timedelta(days=8), self.story.on), 10),
            )

    def _answers(self, assignment: Assignment) -> dict[int, str]:
        questions = assignment.questions.order_by("position").values_list("pk", flat=True)
        return dict(zip(questions, ANSWERS, strict=True))

    def _passed_attempt(self, assignment: Assignment, person: Person, day: date) -> Attempt:
        reviewer = next(each for each in self.reviewers if each != person)
        return Attempt(
            assignment=assignment,
            reader=person,
            number=1,
            handed_in_at=self.story.moment(day + timedelta(days=2), 20, 30),
            reviewer=reviewer,
            outcome=Outcome.PASSED,
            remark="读进去了，也想到了自己的工作。",
            reviewed_at=self.story.moment(day + timedelta(days=8), 16),
        )

    def _leave_open(
        self,
        assignment: Assignment,
        readers: Sequence[Person],
        finished: Sequence[tuple[Person, date]],
    ) -> None:
        """Somebody waits for a review, so that the reviewer's desk is not empty either."""
        passed = set(Attempt.objects.filter(assignment=assignment).values_list("reader", flat=True))
        waiting = [person for person, _day in finished if person.pk not in passed][:3]
        answers = self._answers(assignment)
        for person in waiting:
            at = self.story.moment(self.story.on - timedelta(days=1), 20, 15)
            hand_in_answers(reader=person, assignment=assignment, answers=answers, at=at)
        begun = {person.pk for person, _day in finished}
        Reading.objects.bulk_create(
            Reading(reader=person, book=self.book, started_date=self.set_date)
            for person in readers[::2]
            if person.pk not in begun
        )

    def _handed_in(self, attempt: Attempt) -> date:
        if attempt.handed_in_at is None:
            raise ValueError(attempt)
        return attempt.handed_in_at.date()

    def _draft(self, verb: str, person: Person, day: date) -> Draft:
        moment = self.story.moment(day, 20, 30)
        return Draft(
            verb=verb,
            kind="reading/book",
            path=self.book.path,
            label=self.book.title,
            person=person,
            occurred_at=moment,
            stored_at=moment,
            context={"author": self.book.author} if verb != "passed-check" else None,
        )
