"""Decide what a time says: how long something lasts, when it begins, how often it is given, and so on.

Law of the room: every role names its frame and its governing word, as data of ``howlong/vocabulary/roles.toml``.

The frame (the preposition or phrase that ties the time to its sentence) and the class of the nearest governing word
together give the role; compare the duration, frequency and anchor readings of time adverbials in Bennett & Partee
(1978, Toward the Logic of Tense and Aspect in English).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from howlong.claims.clauses import (
    LASTING,
    end_clause,
    find_subject,
    is_advised,
    is_elapsing,
    is_forbidden,
    is_noun,
    is_person,
    is_receptive,
    near,
    start_clause,
)
from howlong.claims.cues import TIME, Cue, Hit, Lexicon, Words
from howlong.claims.frames import Frame, is_span_of, is_taking, spread_meaning
from howlong.claims.heads import find_head
from howlong.claims.inflection import inflect_noun, list_forms
from howlong.claims.states import find_open, find_state
from howlong.claims.vocabulary import list_small_words, read_vocabulary

ROLES = (
    "persistence",
    "onset",
    "peak",
    "window",
    "dosing_interval",
    "course",
    "administration",
    "monitoring",
    "follow_up",
    "other",
)
GERUND = re.compile(r"^\w+ing\b")
STAYS = frozenset(["still", "remain", "remains", "remained", "remaining", "stay", "stays", "stayed", "staying"])
STAYERS = frozenset(["you", "to", "should", "must", "please", "they", "not", "and", "or", ",", ".", ":"])
CUT = frozenset(["in", "at", "over"])
LATER = ("later", "on", "after", "afterwards")
GOING_ON = ("on", "keep", "keeps", "kept", "keeping", "continue", "continues", "continued", "stayed")
DEED = ("working", "doing", "acting", "beginning")
ENDED = ("ending", "working", "doing")
DOING = ("working", "doing", "applying", "infusing")
REACH = 12
PHRASE = 4
ANYWHERE = 14.0
WEIGHTS = {"anywhere": ANYWHERE, "head": 13.0, "sure": 10.0, "plain": 8.0, "weak": 6.0}
LASTS = ("lasting", "holding")
LATE_COST = 3.0
OUTSIDE_COST = 4.0
CONDITIONS = frozenset(["if", "unless", "when", "whenever", "because", "where"])
MODAL = frozenset(["should", "must", "not", "don't", "never", "need", "have", "has"])
DATED = ("later", "after", "ago", "earlier", "afterwards")
ORDERED = frozenset(["you", "please", "so", "and", "or", "but", "then"])
ASKING = ("can", "may", "should", "could", "must", "do", "does")
TIES = ("for", "within", "in", "until")
AVERAGES = ("average", "balance")
HOLDERS = ("for", "after", "within", "lasts", "lasted", "takes", "took")
ORDINALS = frozenset(["past", "second", "third", "fourth", "fifth"])
PRONOUNS = frozenset(["it", "they", "he", "she", "we", "you", "i"])
FORMER = 7
HARD_STOPS = frozenset(".;:!?()[]|—–")
SLOPE = 0.4
AFTER_COST = 4.0
VERB_COST = 1.0


@dataclass(frozen=True)
class Reading:
    """A role with the words that gave it.

    Attributes
    ----------
    role : str
        The role.
    rule : str
        The frame and the class of the governing word, such as "for # + lasting".
    hit : Hit or None
        The governing word, or the frame's own words; None where only the default spoke.
    governing : str
        The class of the governing word, "" without one.
    frame : Frame or None
        The frame.
    """

    role: str
    rule: str
    hit: Hit | None
    governing: str
    frame: Frame | None = None

    @property
    def is_rate(self) -> bool:
        """Whether its frame is that of a rate."""
        return self.frame is not None and self.frame.care == "dosing_interval"


class RoleBook:
    """The frames and classes of words that give roles.

    Parameters
    ----------
    table : mapping
        The content of a vocabulary of roles (``meaning``, ``words``, ``frame``).
    extra : sequence of Cue
        A codebook's own cues, of the facet "role": each gives its role whatever the frame.
    """

    def __init__(self, table: Mapping[str, Any], extra: Sequence[Cue] = ()) -> None:
        self.meaning: Mapping[str, str] = table["meaning"] | {role: role for role in ROLES if role != "other"}
        self.frames = [Frame(**{key: value for key, value in row.items() if key != "name"}) for row in table["frame"]]
        self.frames = [replace(frame, meaning=spread_meaning(frame.meaning)) for frame in self.frames]
        self.frame_cues = Lexicon(
            Cue(cue, "frame", str(number))
            for number, frame in reversed(list(enumerate(self.frames)))
            for cue in frame.cues
        )
        cues = [
            Cue(cue, "word", name, WEIGHTS[grade])
            for name, grades in table["words"].items()
            for grade in reversed(list(WEIGHTS))
            for cue in grades.get(grade, [])
        ]
        forms = [
            Cue(form, kind, "doing" if name == "working" and GERUND.search(form) else name, WEIGHTS[grade])
            for kind in ("nouns", "verbs")
            for name, grade, form in list_forms(kind)
        ]
        own = [Cue(cue.text, "word", cue.code, 12.5) for cue in extra]
        self.words = Lexicon([*forms, *cues, *own])
        given = read_vocabulary("roles-verbs")["given"]["nouns"].split(", ")
        nouns = [Cue(form, "given", "given") for noun in given for form in inflect_noun(noun)]
        self.upkeep = Lexicon([*(Cue(form, "word", name) for name, _, form in list_forms("upkeep")), *nouns])
        names = {row["name"]: frame for frame, row in zip(self.frames, table["frame"], strict=True) if "name" in row}
        self.rate, self.span = names["rate"], names["for"]

    def find_frame(self, words: Words, place: int, low: int, high: int) -> tuple[Frame, Hit]:
        """Return the frame of the time at `place` among the words ``low..high`` of its sentence."""
        numbers = look_left(words, place, low)
        numbers.append(place)
        numbers.extend(look_right(words, place, high))
        around = [words.words[number] for number in numbers]
        center = numbers.index(place)
        best: Hit | None = None
        is_held = center > 0 and around[center - 1] in TIES and words.at(place - 1) not in ("a", "an")
        is_dated = center + 1 < len(around) and around[center + 1] in DATED and center > 0
        is_loose = is_dated and around[center - 1] in ("taken", "take", "takes", "took")
        for first in range(center if is_loose else 0, center if is_held else center + 1):
            hit = self.frame_cues.longest(around, first)
            if hit and hit.first <= center <= hit.last and is_better(hit, best):
                best = hit
        if place in words.ceilings and (best is None or int(best.cue.code) == len(self.frames) - 1):
            return self.span, Hit(Cue("up to #", "frame", "-1"), place, place)
        if best is None:
            return self.frames[-1], Hit(Cue(TIME, "frame", "-1"), place, place)
        return self.frames[int(best.cue.code)], Hit(best.cue, numbers[best.first], numbers[best.last])

    def read(
        self, words: Words, hits: Sequence[Hit], place: int, low: int, high: int, kind: str, quote: str = ""
    ) -> Reading:
        """Decide the role of the time at `place`.

        Parameters
        ----------
        words : Words
            The words of the paragraph.
        hits : sequence of Hit
            The paragraph's governing words, in order.
        place, low, high : int
            The time's number, and its sentence's first and last word (exclusive).
        kind : str
            "duration" or "frequency".
        quote : str
            The time as it is worded.
        """
        frame, frame_hit = self.find_frame(words, place, low, high)
        if (
            kind == "frequency"
            and "every" not in frame_hit.cue.text
            and (frame.always in ("", "course", "persistence", "follow_up") or frame_hit.cue.text == "# since")
        ):
            frame, frame_hit = self.rate, Hit(Cue("rate #", "frame", "-1"), place, place)
        if frame.always == "persistence" and is_receptive(words, hits, frame_hit, low):
            return Reading("window", frame_hit.cue.text, frame_hit, "lasting window", frame)
        if frame.always:
            subject = self.find_subject(words, hits, frame_hit, low, frame.always)
            return subject or Reading(frame.always, frame_hit.cue.text, frame_hit, "", frame)
        open_ = find_open(hits, frame.cues, frame_hit, low)
        if open_:
            return Reading("window", f"{frame_hit.cue.text} + receptive", open_, "receptive", frame)
        named = find_state(words, hits, frame_hit, place, low, high, quote)
        if named:
            return Reading("persistence", f"{frame_hit.cue.text} + state", named, "state", frame)
        head = find_head(words, place, low, high, quote)
        if head:
            return Reading(head.cue.code, f"length of '{head.cue.text}'", head, "subject", frame)
        best, role = self.govern(words, hits, place, low, high, frame, frame_hit)
        taking = find_subject(words, hits, frame_hit, low) if is_taking(frame) and role in ("", "other") else None
        if taking:
            return Reading(taking.cue.code, f"{frame_hit.cue.text} by '{taking.cue.text}'", taking, "subject", frame)
        done = find_subject(words, hits, best, low) if best and is_span_of(frame) and best.cue.code in ENDED else None
        if done and done.cue.code == "administration":
            return Reading("administration", f"{frame_hit.cue.text} of '{done.cue.text}'", done, "subject", frame)
        tended = self.find_upkeep(words, place, low, high) if frame is self.rate and role in ("", "other") else None
        if tended:
            return Reading("dosing_interval", "rate # + upkeep", tended, "upkeep", frame)
        if best is None:
            return Reading("", frame_hit.cue.text, frame_hit if frame is self.rate else None, "", frame)
        rule = f"{frame_hit.cue.text} + {best.cue.code}"
        if best.cue.code in (*LASTS, "ending") and is_advised(words, hits, best, low):
            return Reading("window", rule, best, "advising", frame)
        if best.cue.code == "acting" and words.at(best.first - 1) in ("should", "must") and best.first > low:
            return Reading("window", rule, best, "advising", frame)
        if best.cue.code in DOING and is_forbidden(words, hits, best, low):
            return Reading("window", rule, best, "advising", frame)
        if best.cue.code in LASTS and role == "persistence" and is_receptive(words, hits, best, low):
            return Reading("window", rule, best, "lasting window", frame)
        return self.find_subject(words, hits, best, low, role) or Reading(role, rule, best, best.cue.code, frame)

    def cut(self, words: Words, hit: Hit, frame_hit: Hit) -> Hit:
        """Return a governing word without the preposition that ties the time: "ends" of "ends in #", "held" of "held at #"."""
        is_tied = hit.first < frame_hit.first <= hit.last and words.words[hit.last] in CUT
        is_tied = is_tied and hit.cue.code in ("beginning", "working")
        is_thing = hit.cue.text == "stay in" and words.at(hit.first - 1) not in STAYERS
        if not is_tied and not (is_thing and not is_person(words, hit.first, 0)):
            return hit
        last = frame_hit.first if is_tied else hit.last
        return self.words.longest(words.words[:last], hit.first) or hit

    def find_subject(self, words: Words, hits: Sequence[Hit], verb: Hit, low: int, role: str) -> Reading | None:
        """Return the role that the subject of a verb of lasting gives: a journey that lasts is no effect."""
        if role != "persistence" or not verb.cue.text.startswith(LASTING) or verb.cue.text.startswith("good"):
            return None
        subject = find_subject(words, hits, verb, low)
        return (
            Reading(subject.cue.code, f"{verb.cue.text} of '{subject.cue.text}'", subject, "subject")
            if subject
            else None
        )

    def find_upkeep(self, words: Words, place: int, low: int, high: int) -> Hit | None:
        """Return the nearest word of upkeep in the clause of a rate."""
        first, last = max(low, place - REACH), min(end_clause(words, place, low, high), place + REACH)
        found = self.upkeep.find(words.words[first:last])
        hits = [Hit(hit.cue, hit.first + first, hit.last + first) for hit in found]
        hits = [
            hit for hit in hits if words.words[hit.last + 1 : hit.last + 2] != ["to"] and is_tended(words, hit, low)
        ]
        return min(hits, default=None, key=lambda hit: abs(hit.first - place) + (REACH if hit.first > place else 0))

    def govern(
        self, words: Words, hits: Sequence[Hit], place: int, low: int, high: int, frame: Frame, frame_hit: Hit
    ) -> tuple[Hit | None, str]:
        """Return the word that governs a time in its frame, and the role that it gives.

        Where the clause has a verb before the time, what stands after the time or outside the clause governs less.
        """
        best, score, role = None, frame.floor, ""
        around = near(hits, words, place, low, high)
        opens = not any(hit.first < place and hit.cue.code != "nothing" for hit in around)
        opens = opens and words.verbs[place] == words.verbs[low]
        limit = end_clause(words, place, low, high, opens)
        start = start_clause(words, place, low)
        hidden = find_relative(words, start, place, low)
        start = start_clause(words, hidden, low) if hidden else start
        has_verb = words.verbs[place] > words.verbs[start]
        is_condition = has_verb and start > low and words.at(start - 1) in CONDITIONS
        for hit in around:
            hit = self.cut(words, hit, frame_hit)
            meaning = frame.meaning.get(hit.cue.code, self.meaning.get(hit.cue.code, ""))
            is_outside = is_condition and hit.last < start and hit.cue.weight < ANYWHERE
            if is_outside or (hidden and hidden <= hit.first < place):
                continue
            is_framed = frame_hit.first <= hit.first and hit.last <= frame_hit.last
            is_mute = is_noun(words, hit, low) or is_elapsing(words, hit, place) or is_taken(words, hit, place, frame)
            if not meaning or is_framed or hit.first >= limit or is_mute:
                continue
            if hit.cue.code == "advising" and is_deed(words, hit, low):
                continue
            worth = weigh(hit, words, place, frame.after and frame is not self.rate)
            if has_verb and hit.cue.weight < ANYWHERE:
                is_late = hit.first > place and not frame.after
                worth -= LATE_COST if is_late else OUTSIDE_COST if hit.last < start else 0.0
            if worth > score:
                best, score, role = hit, worth, meaning
        return best, role


def find_relative(words: Words, start: int, place: int, low: int) -> int:
    """Return where a clause that names a former state begins: "lost what they had gained within #", "back to where it began"; 0 without one."""
    for number in range(place - 1, max(low, place - FORMER) - 1, -1):
        if words.words[number] in HARD_STOPS:
            return 0
        if words.words[number] in ("where", "what") and number > low and words.at(number + 1) in PRONOUNS:
            return number
    return 0


def is_complement(words: Words, hit: Hit, place: int) -> bool:
    """Tell whether another verb says how long a word holds: "still slept", "went on serving", "remained much lower", "starts to fade"."""
    if not 0 < hit.first < place:
        return False
    before, earlier = words.at(hit.first - 1), words.at(hit.first - 2)
    if words.words[hit.first] in list_small_words("prepositions"):
        return False
    if before in STAYS or (earlier in STAYS and before not in list_small_words("prepositions") | HARD_STOPS):
        return hit.cue.code not in (*LASTS[:1], "nothing") or before == "still"
    after = words.at(hit.last + 1)
    if before == "from" and words.words[hit.first].endswith("ing"):
        return True
    is_start = hit.cue.text.startswith(("start", "begin")) and words.words[hit.last] == "to"
    if is_start and after in list_endings():
        return True
    return hit.cue.code in DEED and before in GOING_ON and words.words[hit.first].endswith("ing")


def is_modifier(words: Words, hit: Hit) -> bool:
    """Tell whether a noun describes the noun after it: "baseline activity"."""
    after = words.at(hit.last + 1)
    is_noun = after.isalpha() and after not in list_small_words("openers") and not after.endswith("ly")
    return is_noun and words.at(hit.first - 1) not in ("to", "at", "from", "near")


def is_ordered(words: Words, hit: Hit) -> bool:
    """Tell whether a verb of ending opens a sentence as an order: "Come back in #", "Remove after #"."""
    word = words.words[hit.first]
    opens = hit.first == 0 or words.at(hit.first - 1) in HARD_STOPS
    is_verb = hit.cue.facet == "verbs" or word == "come"
    is_base = hit.cue.code == "ending" and is_verb and not word.endswith(("s", "ed", "ing"))
    is_noun = words.verbs[min(hit.last + 2, len(words.words))] > words.verbs[hit.last + 1]
    return opens and is_base and not is_noun


@cache
def list_endings() -> frozenset[str]:
    """Return the first words of the verbs that end a state."""
    return frozenset(
        form.split()[0] for name, grade, form in list_forms("verbs") if name == "ending" and grade == "sure"
    )


def is_taken(words: Words, hit: Hit, place: int, frame: Frame) -> bool:
    """Tell whether a governing word speaks of another time or of the word beside it: "lasting # , over #", "still slept"."""
    if is_complement(words, hit, place) or is_ordered(words, hit):
        return True
    if hit.cue.text == "baseline" and is_modifier(words, hit):
        return True
    if not hit.cue.text.startswith("lasting"):
        return False
    after = words.words[hit.last + 1 : hit.last + 3]
    if hit.first > place:
        return TIME not in after
    is_own = hit.last + 1 == place or (
        TIME in after and words.words[place] == TIME and hit.last + 1 + after.index(TIME) == place
    )
    return TIME in after and not is_own and any(cue.startswith(("over", "every", "at #")) for cue in frame.cues)


def is_deed(words: Words, hit: Hit, low: int) -> bool:
    """Tell whether what may be an advice is what somebody does: "people give up", not "people should not", "can I drive"."""
    if hit.cue.text in ("do not", "don't") and hit.first > low:
        return words.at(hit.first - 1).isalpha() and words.at(hit.first - 1) not in ORDERED
    is_asked = hit.first - 2 >= low and words.at(hit.first - 2) in ASKING
    is_told = is_person(words, hit.first, low) and not is_asked
    return is_told and MODAL.isdisjoint(words.words[hit.first : hit.last + 1])


def is_tended(words: Words, hit: Hit, low: int) -> bool:
    """Tell whether somebody does an act of upkeep: "the tide turns" tells of none."""
    is_told = hit.cue.facet != "given" and words.words[hit.first].endswith("s")
    return not is_told or hit.first == low or is_person(words, hit.first, low)


def is_better(hit: Hit, best: Hit | None) -> bool:
    """Tell whether a frame has more words than the best so far, or as many and stands before it in the file."""
    if best is None:
        return True
    size, best_size = hit.last - hit.first, best.last - best.first
    return size > best_size or (size == best_size and int(hit.cue.code) < int(best.cue.code))


def look_left(words: Words, place: int, low: int) -> list[int]:
    """Return the numbers of up to four words before a time, small words passed over."""
    numbers: list[int] = []
    position = place - 1
    while position >= low and len(numbers) < 4 and place - position < 12 and words.words[position] not in HARD_STOPS:
        word = words.words[position]
        if word == "," or word == TIME:
            break
        is_small = word in list_small_words("fillers") and not is_needed(words, position, place)
        is_small = is_small or (word == "on" and words.at(position + 1) in AVERAGES)
        if not is_small and not is_epithet(words, position, place):
            numbers.append(position)
        position -= 1
    return numbers[::-1]


def is_needed(words: Words, position: int, place: int) -> bool:
    """Tell whether a small word is the frame itself: "over", "of", "to", "than" right before the time.

    "For a median of # days" and "for a blissful # days" are frames of "for".
    """
    fillers = list_small_words("fillers")
    if words.words[position] == "even":
        return words.at(position + 1) == "after" or (position == place - 1 and words.at(place + 1) in LATER)
    if words.words[position] == "from":
        return position == place - 2 and words.words[place - 1] == "at"
    if words.words[position] not in ("over", "of", "to", "than", "at", "next", "following"):
        return False
    if words.words[position] == "of" and words.at(position - 1) in fillers:
        return False
    if words.words[position] == "over" and (words.at(position - 1) in HOLDERS or words.at(position - 2) in HOLDERS):
        return False
    return all(word in fillers for word in words.words[position + 1 : place])


def is_epithet(words: Words, position: int, place: int) -> bool:
    """Tell whether a word stands between an article and the time: "a blissful # days"."""
    is_plain = words.words[position] not in list_small_words("leading") | ORDINALS
    return is_plain and position == place - 1 and position > 0 and words.at(position - 1) in ("a", "an", "another")


def look_right(words: Words, place: int, high: int) -> list[int]:
    """Return the numbers of up to three words after a time."""
    numbers: list[int] = []
    position = place + 1
    while (
        position < high
        and len(numbers) < 3
        and words.words[position] not in HARD_STOPS
        and words.words[position] not in (",", TIME)
    ):
        if words.words[position] not in ("the", "a", "an", "or", "so"):
            numbers.append(position)
        position += 1
    return numbers


def weigh(hit: Hit, words: Words, place: int, after: bool = False) -> float:
    """Return how strongly a word governs a time: its weight less its distance."""
    if hit.cue.weight == ANYWHERE:
        return ANYWHERE
    if hit.first > place:
        distance = words.distance(place, hit.first)
        passed = words.passed(place, hit.first)
        return hit.cue.weight - SLOPE * distance - VERB_COST * passed - (0.0 if after else AFTER_COST)
    passed = words.passed(hit.last + 1, place)
    return hit.cue.weight - SLOPE * words.distance(hit.last, place) - VERB_COST * passed


@cache
def load_roles() -> Mapping[str, Any]:
    """Read the library's roles."""
    return read_vocabulary("roles")
