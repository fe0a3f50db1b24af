"""The tables of the room."""

from taihua.rooms.forums.models.forums import Forum, Offer, Present, Registration, Spread
from taihua.rooms.forums.models.practices import Practice, Trial
from taihua.rooms.forums.models.programme import FloorQuestion, Slot, Speaker
from taihua.rooms.forums.models.talks import Round, TalkAnswer, WorkTalk

__all__ = [
    "FloorQuestion",
    "Forum",
    "Offer",
    "Practice",
    "Present",
    "Registration",
    "Round",
    "Slot",
    "Speaker",
    "Spread",
    "TalkAnswer",
    "Trial",
    "WorkTalk",
]
