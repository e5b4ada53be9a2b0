"""Say how a time is tied to its sentence: the frame, with what each class of governing words means in it.

Law of the room: a frame is data of ``howlong/vocabulary/roles.toml`` and decides nothing by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

NARROWER = {"changing": "beginning", "giving": "treating", "holding": "lasting"}
FLOOR = 1.0


@dataclass(frozen=True)
class Frame:
    """A way to tie a time to its sentence.

    Attributes
    ----------
    cues : tuple of str
        The phrases, with ``#`` for the time.
    always : str
        The role it gives without a governing word, "" when one is needed.
    meaning : mapping of str to str
        What each class of governing words means in it; "" where a class means nothing.
    default : str
        The role where no word governs.
    care : str
        The same in texts about care, "" where it is no other.
    state : str
        The same elsewhere where the clause says how something is, "" where it is no other.
    after : bool
        Whether a governing word after the time counts as much as one before it.
    floor : float
        How strongly a word must govern to speak.
    """

    cues: tuple[str, ...]
    always: str = ""
    meaning: Mapping[str, str] = field(default_factory=dict)
    default: str = "other"
    care: str = ""
    state: str = ""
    after: bool = False
    floor: float = FLOOR


def is_span_of(frame: Frame) -> bool:
    """Tell whether a frame says within what time something is over."""
    return "in #" in frame.cues or "within #" in frame.cues


def is_taking(frame: Frame) -> bool:
    """Tell whether a frame says how long something takes or is: its subject may say by itself what that means."""
    return "takes #" in frame.cues or "is #" in frame.cues


def spread_meaning(meaning: Mapping[str, str]) -> Mapping[str, str]:
    """Return what classes mean in a frame, a narrower class meaning what its wider one does where nothing else is said."""
    return {narrow: meaning[wide] for narrow, wide in NARROWER.items() if wide in meaning} | dict(meaning)
