"""The proceedings of a forum as sections of text, written from what the room knows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the text below it, paragraphs by line."""

    heading: str
    text: str

    @property
    def paragraphs(self) -> list[str]:
        return [line.strip() for line in self.text.splitlines() if line.strip()]


@dataclass(frozen=True, slots=True)
class Spoken:
    """A talk that was given: its title, who gave it, the gist."""

    title: str
    speakers: Sequence[str]
    gist: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that the audience could read; ``asker`` is empty for one that is not signed."""

    text: str
    asker: str
    answer: str
    answerer: str


def sections_from(
    *, about: str, spoken: Iterable[Spoken], asked: Sequence[Asked], present: int
) -> list[Section]:
    """The first text of the proceedings: what it was about, the talks, the questions."""
    opening = [about.strip(), f"到会 {present} 人。" if present else ""]
    talks = [
        Section(f"{each.title}（{'、'.join(each.speakers)}）", each.gist.strip() or "（要点待补）")
        for each in spoken
        if each.speakers
    ]
    questions = [Section("提问与回答", "\n".join(_question(each) for each in asked))]
    return [
        Section("缘起", "\n".join(filter(None, opening))),
        *talks,
        *(questions if asked else []),
    ]


def as_body(sections: Iterable[Section]) -> dict[str, list[dict[str, str]]]:
    """Sections as a document keeps them."""
    return {"sections": [{"heading": s.heading, "text": s.text} for s in sections]}


def of_body(body: dict[str, list[dict[str, str]]]) -> list[Section]:
    """Sections as a document has kept them."""
    return [Section(each["heading"], each["text"]) for each in body.get("sections", [])]


def _question(asked: Asked) -> str:
    who = f"（{asked.asker}）" if asked.asker else ""
    by = f"{asked.answerer}：" if asked.answerer else ""
    answer = f"答：{by}{asked.answer.strip()}" if asked.answer else "答：会后答复。"
    return f"问{who}：{asked.text.strip()}\n{answer}"
