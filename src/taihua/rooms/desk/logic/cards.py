"""What lies on a desk, and in which order. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from taihua.kernel.rules.enums import State

MOST_CARDS = 7
SOON_DAYS = 7
URGENCY = (State.OWED, State.DUE_SOON, State.ON_COURSE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One duty as a sentence, with its reason and one button.

    :param topic: what makes two cards the same duty in different periods
    :param path: what names this card for good, its period included
    :param dated: whether the sentence itself names the day
    :param also: in how many further periods the same duty is owed
    """

    topic: str
    path: str
    sentence: str
    state: State
    due: date
    why_url: str = ""
    act_url: str = ""
    act_label: str = ""
    whose: str = ""
    dated: bool = False
    also: int = 0


def in_order(cards: Iterable[Card]) -> list[Card]:
    """The cards still to be acted on, most urgent first; what is owed often lies there once."""
    owed: dict[str, Card] = {}
    others = []
    for card in sorted(cards, key=lambda each: (each.due, each.topic, each.whose)):
        if card.state is not State.OWED:
            if card.state in URGENCY:
                others.append(card)
        elif card.topic in owed:
            owed[card.topic] = replace(owed[card.topic], also=owed[card.topic].also + 1)
        else:
            owed[card.topic] = card
    return [*owed.values(), *sorted(others, key=lambda each: URGENCY.index(each.state))]


def promised_state(due: date, on: date) -> State:
    """How a single due stands on the day ``on``."""
    if due < on:
        return State.OWED
    return State.DUE_SOON if (due - on).days <= SOON_DAYS else State.ON_COURSE
