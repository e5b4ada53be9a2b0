"""Read who or what a clause speaks of: the thing that lasts, the one who does something, a window, an advice.

Law of the room: the subject of a verb is the nearest thing named before it that no preposition governs.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise

from howlong.claims.cues import TIME, Cue, Hit, Lexicon, Words
from howlong.claims.inflection import inflect_noun, list_forms, load_irregular
from howlong.claims.vocabulary import list_small_words, read_vocabulary

BREAKS = frozenset(
    [",", ";", ":", "and", "but", "yet", "while", "whereas", "which", "although", "though", "—", "–", "("]
)
OPENERS = frozenset(["if", "when", "because", "unless", "whenever", "who", "whose", "where"])
WHENEVER = ("when", "whenever", "every", "once", "twice", "only")
SOURCES = ("of", "from", "up", "ups", "out", "outs")
JOINS = ("and", "or", ",")
AGREEING = frozenset(["i", "you", "we", "they"])  # whose verbs have no -s
STOPS = frozenset([";", ":", "but", "while", "whereas", "—", "(", ")", ".", "?", "!"])
KEEPING = ("keep", "stay", "hold", "continu", "maintain")
LASTING = ("last", "maintain", "run", "ran", "go", "went", "continu", "drag", "take", "stretch", "span", "extend")
FORBIDDEN = re.compile(r"\b(?:not|n't|don't|never|avoid\w*|refrain\w*|skip)(?!\w)")
SAID = re.compile(r"^(?:\w+ly )?been \w+(?:n|ed|nd) to\b")
DUE = re.compile(
    r"\b(?:(?:should|ought to|has to|have to|needs? to) (?:\w+ )?be|must|(?:has|have) to (?:reach|arrive|go|come|get|be|\w+ \w+))\b[^;:]*$"
)
BOUND = re.compile(r"\b(?:must|(?:has|have|needs?) to)$")
TELLING = frozenset([",", "so", "then", "please", "always", ":"])
OPENING = 5
REACH = 9
PHRASE = 3
PERFECT = ("had", "has", "have", "i've", "we've", "you've", "they've")
STOPPING = (
    "stop",
    "discontinue",
    "terminate",
    "end",
    "settle",
    "halt",
    "return",
    "close",
    "restore",
    "lift",
    "remove",
    "withdraw",
)
DEEDS = ("working", "doing")
ATTRIBUTED = frozenset([",", "and", "or", "hard", "freshly", "well"])
PARTS = ("one", "each", "most", "all", "some", "many", "both", "two", "three", "none", "any", "half", "few")
AUXILIARIES = (["is"], ["are"], ["was"], ["were"], ["can"], ["will"], ["may"], ["should"], ["must"], ["has"], ["have"])
ONE = ("single", "one", "each", "every")


@cache
def load_subjects() -> Lexicon:
    """Read the things whose length says something by itself: a journey, a course, a session, a trial."""
    rows = read_vocabulary("roles-verbs")["subjects"]
    events = [Cue(form, "subject", "other") for name, _, form in list_forms("nouns") if name == "event"]
    named = [
        Cue(form, "subject", role)
        for role, nouns in rows.items()
        for noun in nouns.split(",")
        for form in inflect_noun(" ".join(noun.split()))
    ]
    acts = [
        Cue(form, "subject", "other")
        for name, _, form in list_forms("verbs")
        if name == "working" and form.endswith("ing")
    ]
    return Lexicon([*acts, *events, *named])


@cache
def load_doers(alone: bool = False) -> Lexicon:
    """Read the words for people who do something: several of them, or also one alone."""
    rows = read_vocabulary("roles-verbs")["doers"]
    nouns = [" ".join(noun.split()) for noun in rows["people"].split(",")]
    people = [form for noun in nouns for form in inflect_noun(noun)[0 if alone else 1 :]]
    return Lexicon(Cue(word, "doer", "people") for word in [*people, *rows["words"].split()])


def find_subject(words: Words, hits: Sequence[Hit], verb: Hit, low: int) -> Hit | None:
    """Return the thing that a verb of lasting speaks of, where its length says something by itself."""
    at = bisect_left(hits, verb.first, key=lambda hit: hit.first)
    things = {hit.last for hit in hits[max(0, at - REACH) : at] if hit.cue.code == "state"}
    lexicon, position = load_subjects(), verb.first - 1
    if verb.cue.text.startswith("good"):
        return None
    while position >= max(low, verb.first - REACH) and words.words[position] not in STOPS:
        hit = lexicon.longest(words.words, position)
        is_verb = words.words[position].endswith("s") and words.verbs[position + 1] > words.verbs[position]
        is_beside = hit is not None and hit.last == verb.first - 1 and words.words[verb.first] == "lasting"
        is_free = is_beside or not is_governed(words, position, low) or is_part_of(words, position, low)
        if hit and not is_verb and is_before(words, hit, verb) and is_free:
            is_one = hit.cue.code == "course" and words.at(position - 1) in ONE
            return None if is_one or any(hit.last < thing < verb.first for thing in things) else hit
        position -= 1
    return None


def is_before(words: Words, noun: Hit, verb: Hit) -> bool:
    """Tell whether a noun is the subject of a verb: only small words, or a phrase with a preposition, stand between."""
    between = words.words[noun.last + 1 : verb.first]
    if noun.last >= verb.first or "that" in between[1:]:
        return False
    small = list_small_words("auxiliaries")
    return (
        not between
        or between[0] in list_small_words("prepositions")
        or all(word in small or word.endswith("ly") for word in between)
    )


def is_part_of(words: Words, position: int, low: int) -> bool:
    """Tell whether a noun is the whole that something is one of: "the longest of the trials"."""
    before = words.words[max(low, position - PHRASE) : position]
    if "of" not in before:
        return False
    head = words.words[max(low, position - len(before) + before.index("of") - 1)]
    return head in PARTS or head.endswith("est")


def is_governed(words: Words, position: int, low: int) -> bool:
    """Tell whether a preposition governs the noun at `position`: "after the long flight"."""
    for word in reversed(words.words[max(low, position - PHRASE) : position]):
        if word in list_small_words("prepositions"):
            return True
        if word in BREAKS:
            return False
    return False


def is_person(words: Words, position: int, low: int) -> bool:
    """Tell whether the word before `position` names a person: "the patient", "they"."""
    doers = load_doers(alone=True)
    for first in range(max(low, position - 3), position):
        hit = doers.longest(words.words, first)
        if hit and hit.last == position - 1:
            return not is_governed(words, first, low)
    return False


def is_doing(words: Words, place: int, low: int) -> bool:
    """Tell whether somebody does something in the clause of a time: "we dug for #", "Blot the stain for #".

    A clause that says how somebody is or feels ("he was silent for #", "she could not walk for #") speaks of a state.
    """
    if is_order(words, low, place):
        return True
    doers = load_doers()
    for position in range(place - 1, low - 1, -1):
        if words.words[position] in STOPS:
            return False
        hit = doers.longest(words.words, position)
        if hit and is_inserted(words, position, hit.last, place):
            return False
        if hit and not is_governed(words, position, low) and not is_object(words, position, low):
            return not is_being(words.words[hit.last + 1 : place])
    return False


def is_inserted(words: Words, first: int, last: int, place: int) -> bool:
    """Tell whether a pronoun opens a clause of its own beside a noun, whose verb comes later: "the spray we sell works for #"."""
    if words.words[first] not in AGREEING or first == 0 or not words.words[first - 1].isalpha():
        return False
    later = range(last + 2, place)
    return any(words.verbs[at + 1] > words.verbs[at] and words.words[at].endswith("s") for at in later)


def is_object(words: Words, position: int, low: int) -> bool:
    """Tell whether a verb stands right before a noun: "protects travellers"."""
    at = position - 1
    while at > low and words.words[at] in list_small_words("determiners"):
        at -= 1
    is_verb = at >= low and words.verbs[at + 1] > words.verbs[at]
    return is_verb and words.words[at] not in list_small_words("helpers")


def is_being(said: Sequence[str]) -> bool:
    """Tell whether words after a subject say how somebody is: "was silent", "had a cough", not "had worked"."""
    being = list_small_words("being")
    return any(
        word in being
        and not (word in PERFECT and after.endswith("ed"))
        and not (after == "been" or (word == "been" and after.endswith("ing")))
        for word, after in pairwise([*said, ""])
    )


def find_perfect(clause: Sequence[str]) -> int:
    """Return the place of "have" in a clause that says what has been up to a time, -1 without one.

    >>> find_perfect("they have long been away from the heat for".split())
    1
    >>> find_perfect("they have a cough for".split())
    -1
    """
    small = list_small_words("auxiliaries")
    for number, word in enumerate(clause):
        if word in PERFECT:
            after = [after for after in clause[number + 1 :] if not is_adverb(after, small)]
            said = after[0] if after else ""
            if said == "been" and SAID.search(" ".join(clause[number + 1 :])):
                continue
            if said in list_participles() or said.endswith(("ed", "en", "nown", "rown", "hown")):
                return number
    return -1


def is_adverb(word: str, small: frozenset[str]) -> bool:
    """Tell whether a word may stand between "have" and its participle."""
    return word.endswith("ly") or word in ("not", "long") or (word in small and word not in ("been", *PERFECT))


@cache
def list_participles() -> frozenset[str]:
    """Return the irregular past forms of verbs."""
    return frozenset(["been", *(form for forms in load_irregular().values() for form in forms), *PERFECT[:1]])


def is_order(words: Words, low: int, place: int) -> bool:
    """Tell whether a sentence gives an order: it opens with a verb and its object, "Blot the stain"."""
    while low < place and not words.words[low].isalpha():
        low += 1
    if low + 1 == place:
        return words.words[low] in list_orders() or words.words[low] in list_plain_forms()
    if low + 1 > place:
        return False
    first, second = words.words[low], words.at(low + 1)
    if second == ":":
        return False
    if second.endswith("s") and words.verbs[low + 2] > words.verbs[low + 1]:
        return False
    is_bare = not first.endswith(("ing", "ly", "ed")) and (not first.endswith("s") or first.endswith("ss"))
    is_verb = second in list_small_words("objects") and first not in list_small_words("openers")
    if second in WHENEVER and first in list_plain_forms():
        return True
    is_open = first in list_orders() and second not in list_small_words("copulas") and second not in SOURCES
    if is_bare and (is_verb or is_open):
        return True
    return any(
        words.words[number] in TELLING
        and words.at(number + 1) in list_orders()
        and words.at(number + 2) in list_small_words("objects")
        for number in range(low, place - 2)
    )


@cache
def list_plain_forms() -> frozenset[str]:
    """Return the base forms of the verbs that the vocabulary lists."""
    tables = (read_vocabulary("roles-verbs")[name] for name in ("verbs", "upkeep"))
    rows = (row for table in tables for grades in table.values() for row in grades.values())
    return frozenset(" ".join(phrase.split()) for row in rows for phrase in row.split(","))


@cache
def list_orders() -> frozenset[str]:
    """Read the verbs that open an order."""
    return frozenset(read_vocabulary("roles-verbs")["orders"]["words"].split())


def is_state(words: Words, place: int, low: int) -> bool:
    """Tell whether a clause says how something is: "the room was unbearable for #", not "the train was delayed for #"."""
    for position in range(place - 1, low - 1, -1):
        if words.words[position] in STOPS:
            return False
        if words.words[position] in list_small_words("copulas"):
            return not words.at(position + 1).endswith(("ed", "ing"))
    return False


def end_clause(words: Words, place: int, low: int, high: int, opens: bool = True) -> int:
    """Return the number of the word that ends the clause of a time; a time that opens its clause reaches past one comma."""
    opens = opens and (place - low <= OPENING or any(word in BREAKS for word in words.words[place - OPENING : place]))
    for number in range(place + 1, min(high, place + 40)):
        word = words.words[number]
        is_opened = word in OPENERS and words.at(number - 1) not in list_small_words("copulas")
        if is_opened or (word in BREAKS and not (opens and word == ",")):
            return number
        opens = opens and word != ","
    return high


def start_clause(words: Words, place: int, low: int) -> int:
    """Return the number of the first word of the clause of a time."""
    for number in range(place - 1, low - 1, -1):
        word = words.words[number]
        if word in BREAKS or word in STOPS or word in OPENERS or word == "that":
            return number + 1
    return low


def start_predicate(words: Words, place: int, low: int) -> int:
    """Return the first word of the clause whose verb holds for a time: "blood was taken before the meal and then #"."""
    start = start_clause(words, place, low)
    while start - 1 > low and words.at(start - 1) in JOINS and words.verbs[place] == words.verbs[start]:
        start = start_clause(words, start - 1, low)
    return start


def is_advised(words: Words, hits: Sequence[Hit], governing: Hit, low: int) -> bool:
    """Tell whether a word of keeping or staying is advised: "should stay in bed", "Keep it dry"."""
    before = " ".join(words.words[max(low, governing.first - PHRASE) : governing.first])
    if BOUND.search(before) and not governing.cue.text.startswith(("last", "hold")):
        return True
    if not governing.cue.text.startswith(KEEPING):
        return False
    if governing.first == low or is_told(words, governing.first):
        return True
    if governing.cue.text.startswith("hold"):
        return False
    at = bisect_left(hits, governing.first, key=lambda hit: hit.first)
    return any(hit.cue.code == "advising" and governing.first - hit.last <= 3 for hit in hits[max(0, at - 3) : at])


def is_told(words: Words, position: int) -> bool:
    """Tell whether a verb of keeping is an order within its sentence: "so keep the windows open"."""
    return words.words[position] in ("keep", "stay") and words.at(position - 1) in TELLING


def is_due(words: Words, place: int, low: int) -> bool:
    """Tell whether something is to be done by a time: "should be started within #", "must be filed within #"."""
    return bool(DUE.search(" ".join(words.words[max(low, place - REACH) : place])))


def is_forbidden(words: Words, hits: Sequence[Hit], governing: Hit, low: int) -> bool:
    """Tell whether a word of doing is forbidden: "do not swim", "avoid bathing"."""
    at = bisect_left(hits, governing.first, key=lambda hit: hit.first)
    nearest = hits[at - 1] if at else governing
    is_near = nearest.cue.code == "advising" and low <= nearest.first and governing.first - nearest.last <= PHRASE
    said = " ".join(words.words[nearest.first : governing.first])
    return is_near and bool(FORBIDDEN.search(said))


def is_receptive(words: Words, hits: Sequence[Hit], governing: Hit, low: int) -> bool:
    """Tell whether what lasts is a window: the nearest thing named before the governing word."""
    at = bisect_left(hits, governing.first, key=lambda hit: hit.first)
    for hit in reversed(hits[max(0, at - 12) : at]):
        if hit.first >= low and hit.cue.text == "open" and words.at(hit.first - 1) in list_small_words("determiners"):
            continue
        if hit.first < low or hit.cue.code == "receptive":
            return hit.first >= low
        if hit.cue.code == "state":
            return False
    return False


def is_first_subject(words: Words, hit: Hit, low: int) -> bool:
    """Tell whether a verb's form that opens a sentence is its subject: "Calves are weighed"."""
    is_opening = hit.cue.facet == "verbs" and hit.first == low and hit.last == low
    is_plural = words.words[low].endswith("s") and words.verbs[low + 2 : low + 3] > words.verbs[low + 1 : low + 2]
    return is_opening and (words.words[low + 1 : low + 2] in AUXILIARIES or is_plural)


def is_noun(words: Words, hit: Hit, low: int) -> bool:
    """Tell whether an article or preposition makes a verb's form a noun: "the flat", "in a drop"."""
    if is_stopped_by(words, hit, low) or is_first_subject(words, hit, low):
        return True
    if hit.cue.facet != "verbs" or hit.first <= low or words.words[hit.first].endswith(("ed", "ing")):
        return is_attribute(words, hit, low)
    if words.at(hit.first - 1) in ("this", "that") and words.words[hit.first].endswith("s"):
        return False  # "this fades"
    return words.at(hit.first - 1) in list_small_words("determiners")


def is_stopped_by(words: Words, hit: Hit, low: int) -> bool:
    """Tell whether somebody stops or settles something: "stopped the drug at #", not "the pain stopped after #"."""
    if not hit.cue.text.startswith(STOPPING) or hit.cue.code != "ending" or hit.first != hit.last:
        return False
    if hit.first > low and words.at(hit.first - 1) in list_small_words("copulas"):
        return False
    if words.at(hit.first - 1) == "who" or is_person(words, hit.first, low):
        return True
    following = words.words[hit.last + 1 : hit.last + 1 + OPENING]
    after = following[0] if following else ""
    if next((word for word in following if word not in list_small_words("fillers")), TIME) == TIME:
        return False
    return (
        after.isalpha() and after not in list_small_words("openers") and not after.endswith(("ing", "ly"))
    ) or after in list_small_words("objects")


def is_elapsing(words: Words, hit: Hit, place: int) -> bool:
    """Tell whether a verb says that the time itself has gone by: "# have gone by", "# had passed"."""
    between = words.words[place + 1 : hit.first]
    said = words.words[place + 1 : hit.last + 1]
    if said[:1] and said[0] in ("is", "are", "was", "were") and said[-1] in ("over", "up"):
        return len(said) == 2
    is_next = bool(between) and all(word in PERFECT for word in between)
    return is_next and words.words[hit.first] in ("gone", "passed", "elapsed")


def is_attribute(words: Words, hit: Hit, low: int) -> bool:
    """Tell whether a participle describes the noun after it: "newly taught facts", "boiled eggs", not "slowly boiled for #"."""
    if hit.cue.facet != "verbs" or hit.cue.code not in DEEDS or hit.first < hit.last:
        return False
    word, before = words.words[hit.first], words.at(hit.first - 1) if hit.first > low else ","
    after = words.at(hit.first + 1)
    if not word.endswith(("ed", "ing")) and word not in list_participles():
        return False
    opens = before.endswith("ly") or before in ATTRIBUTED or before in list_small_words("determiners")
    return (
        opens
        and after.isalpha()
        and not after.endswith("ly")
        and after not in list_small_words("openers") | list_small_words("objects")
    )


def list_within(hits: Sequence[Hit], first: int, last: int) -> Sequence[Hit]:
    """Return the governing words that begin among the words ``first..last`` (exclusive)."""
    low = bisect_left(hits, first, key=lambda hit: hit.first)
    return hits[low : bisect_left(hits, last, lo=low, key=lambda hit: hit.first)]


def near(hits: Sequence[Hit], words: Words, place: int, low: int, high: int) -> Iterable[Hit]:
    """Return the governing words within reach of a time, in its own sentence."""
    around = list_within(hits, max(low, place - 40), min(high, place + 40))
    return [hit for hit in around if not hit.first <= place <= hit.last]
