"""The notice of a forum: its first text from what the room knows, and what changed since."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, time

from taihua.rooms.forums.logic.proceedings import Section

WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """What those who come go by (安排): a notice that says another one misleads."""

    topic: str
    day: date
    opens: time
    closes: time
    place: str
    call_closes: date
    registration_closes: date
    is_cancelled: bool = False

    def as_told(self) -> dict[str, str | bool]:
        """As a document keeps it."""
        return {name: _plain(value) for name, value in asdict(self).items()}

    @property
    def when(self) -> str:
        return f"{_day(self.day)}{_clock(self.opens)}—{_clock(self.closes)}"


@dataclass(frozen=True, slots=True)
class Talk:
    """An item of the programme with those who speak in it."""

    title: str
    speakers: Sequence[str]


@dataclass(frozen=True, slots=True)
class Notice:
    """What a notice says: its title, to whom, how it begins, section by section."""

    title: str
    addressee: str
    opening: str
    sections: Sequence[Section]

    def as_body(self) -> dict[str, object]:
        """As a document keeps it."""
        return {
            "title": self.title,
            "addressee": self.addressee,
            "opening": self.opening,
            "sections": [{"heading": s.heading, "text": s.text} for s in self.sections],
        }


def first_notice(
    arranged: Arrangement,
    *,
    kind: str,
    about: str,
    addressee: str,
    talks: Iterable[Talk],
    seats: int | None,
    recorder: str,
    earlier: str = "",
) -> Notice:
    """The first text: what, when, where, who speaks, how to register and by when.

    :param earlier: the number of the notice that this one takes the place of
    """
    held = f"{arranged.when}在{arranged.place}举办{kind}“{arranged.topic}”"
    change = f"{earlier}所通知的安排有变，以本通知为准。" if earlier else ""
    spoken = [f"{each.title}（{'、'.join(each.speakers)}）" for each in talks if each.speakers]
    places = f"共 {seats} 个座位，按报名先后安排，满了以后候补。" if seats else ""
    sections = [
        Section("内容", about.strip()),
        Section("时间和地点", f"时间：{arranged.when}\n地点：{arranged.place}"),
        Section("发言", "\n".join([*spoken, f"申报发言截止：{_day(arranged.call_closes)}。"])),
        Section(
            "报名",
            f"请在“讲坛”中报名，截止 {_day(arranged.registration_closes)}。{places}",
        ),
        Section("联系人", recorder),
    ]
    title = f"关于{'调整' if earlier else '举办'}{kind}“{arranged.topic}”{'安排' if earlier else ''}的通知"
    opening = f"{change}定于{held}，现将有关事项通知如下。"
    return Notice(title, addressee, opening, sections)


def calling_off(
    arranged: Arrangement, *, kind: str, addressee: str, reason: str, earlier: str
) -> Notice:
    """The text by which those who were told hear that it does not take place."""
    opening = (
        f"{earlier}通知的{kind}“{arranged.topic}”，原定于{arranged.when}在{arranged.place}举办，"
        f"现不再举办。原因：{reason.strip()}"
    )
    return Notice(f"关于取消{kind}“{arranged.topic}”的通知", addressee, opening, [])


def notice_of(body: Mapping[str, object]) -> Notice:
    """A notice as a document has kept it."""
    kept = body["sections"]
    sections = [Section(each["heading"], each["text"]) for each in kept]  # type: ignore[attr-defined]
    return Notice(str(body["title"]), str(body["addressee"]), str(body["opening"]), sections)


def arrangement_of(told: Mapping[str, str | bool]) -> Arrangement:
    """An arrangement as a document has kept it."""
    return Arrangement(
        topic=str(told["topic"]),
        day=date.fromisoformat(str(told["day"])),
        opens=time.fromisoformat(str(told["opens"])),
        closes=time.fromisoformat(str(told["closes"])),
        place=str(told["place"]),
        call_closes=date.fromisoformat(str(told["call_closes"])),
        registration_closes=date.fromisoformat(str(told["registration_closes"])),
        is_cancelled=bool(told["is_cancelled"]),
    )


def changed(told: Arrangement, now: Arrangement) -> list[str]:
    """The names of what is arranged otherwise than it was told."""
    before, after = asdict(told), asdict(now)
    return [name for name in before if before[name] != after[name]]


def _plain(value: object) -> str | bool:
    if isinstance(value, time):
        return value.isoformat("minutes")
    return value.isoformat() if isinstance(value, date) else value  # type: ignore[return-value]


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）"


def _clock(at: time) -> str:
    return f"{at.hour}:{at:%M}"
