"""An invented review with every kind of mark, for the tests of the page: how long alertness lasts after coffee."""

from __future__ import annotations

import hashlib
import re
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from howlong.claims import Claim, read_review
from howlong.claims.claim import make_anchor, make_id
from howlong.durations import read_vague_words, to_intervals
from howlong.quantities import ExclusionRow
from howlong.sources import Passages, read_sources
from howlong.spread import find_conflicts, find_envelope, find_hulls, find_influence, find_strata
from howlong.tables import to_frame
from howlong.verdicts import Orphan

REVIEW = """
title = "How long a cup keeps you awake"
question = "How long does the alertness from one cup of coffee last?"
intervention = ["coffee", "caffeine"]
facets = ["outcome", "regimen", "population", "region"]

[order]
outcome = ["alertness", "reaction", "sleep", "receptors", "none"]
regimen = ["single", "series", "unspecified"]

[[asks]]
outcome = "alertness"
regimen = "single"
population = "human"

[[asks]]
outcome = "sleep"
population = "animal"
"""
CODEBOOK = """
[outcome.alertness]
name = "felt alertness (waking, attention)"
cues = ["awake", "alert"]

[outcome.reaction]
name = "reaction time"
cues = ["reaction"]

[outcome.sleep]
name = "disturbed sleep"
cues = ["sleep"]

[outcome.receptors]
name = "adenosine receptors"
cues = ["receptors"]
"""
# Each source: title, evidence level, and sentences in which [quote|coding] is a claim and {quote|reason} an exclusion.
TEXTS: dict[str, tuple[str, str, str]] = {
    "A": (
        "Coffee & you <em>today</em>",
        "secondary web article",
        """What one cup does

The lift from one cup typically lasts [four to six hours|low=4 high=6 unit=hour hedge=typically]. Most feel it for [about five hours|low=5 high=5 unit=hour approx=1 subjects=most]. It begins [within 15 minutes|role=onset high=15 unit=minute modifier=within] and peaks at [around 1 hour|role=peak low=1 high=1 unit=hour approx=1].
In a study of {three|label} doses, reactions stayed quick for [two to four hours|outcome=reaction low=2 high=4 unit=hour].
A daily habit keeps people alert for [several weeks|regimen=series vague=several unit=week]. One cup holds [80 mg|kind=dose low=80 high=80 unit=mg] of caffeine.
The lift from one cup typically lasts [four to six hours|low=4 high=6 unit=hour hedge=typically dup=1].
""",
    ),
    "B": (
        "",
        "secondary web article",
        """After a cup you stay awake for [several hours|vague=several unit=hour] and often [up to 6 hours|high=6 unit=hour modifier=up_to hedge=often]. It starts after [20 to 45 minutes|role=onset low=20 high=45 unit=minute].
An afternoon cup can spoil [one to two nights|outcome=sleep regimen=unspecified population=unspecified low=1 high=2 unit=day]. Tea, by contrast, takes [2 hours|role=onset low=2 high=2 unit=hour comparator=1].
""",
    ),
    "C": (
        "Slow metabolisers",
        "primary study",
        """Half of all adults were alert for [three to seven hours|low=3 high=7 unit=hour subjects=half_of_all_adults]. In people with slow breakdown it was [at least 9 hours|population=both low=9 unit=hour modifier=at_least] and [up to a day|population=both high=1 unit=day modifier=up_to]. The peak came [between 30 and 120 minutes|role=peak low=30 high=120 unit=minute subjects=adults].
""",
    ),
    "D": (
        "Awake?",
        "secondary web article",
        """It wears off after [3 hours|low=3 high=3 unit=hour statistic=mean attribution=a_large_survey] or lasts [a few hours|vague=few unit=hour]. Reactions stay quick for [at least 90 minutes|outcome=reaction low=90 unit=minute modifier=at_least]. Sleep suffers [for six hours or more|outcome=sleep regimen=unspecified population=unspecified low=6 unit=hour modifier=at_least]. Use the [first two to three hours|role=window answers= low=2 high=3 unit=hour modifier=first].
<script>alert(1)</script> <img src=x onerror=alert(2)> =cmd|' /C calc'!A1 {5|identifier}
""",
    ),
    "E": (
        "Habit",
        "",
        """One cup gave an hour awake, then nothing: [half an hour to 1 hour|low=0.5 high=1 unit=hour]. Reactions were quick [for hours|outcome=reaction vague=bare unit=hour]. With daily cups alertness fades after [1 to 3 weeks|regimen=series low=1 high=3 unit=week], in some lasting [months|regimen=series vague=bare unit=month]. Receptors change [from a few weeks up to a year|outcome=receptors regimen=series vague_low=few low_unit=week high=1 unit=year], those of memory [for several months or longer|outcome=receptors regimen=series population=animal vague_low=several unit=month modifier=at_least].
""",
    ),
}
MARK = re.compile(r"\[([^|\]]+)\|([^\]]*)\]|\{([^|}]+)\|([^}]*)\}")
BLANK: dict[str, Any] = {"str": "", "int": 0, "bool": False, "float | None": None, "tuple[float, ...]": ()}
NUMBERS = ("low", "high", "point")


def write_review(folder: Path, texts: dict[str, tuple[str, str, str]] | None = None) -> Path:
    """Write the example's seeds (or other texts under the same questions) and return the review's folder."""
    documents = folder / "seeds" / "documents"
    documents.mkdir(parents=True)
    rows = ["source_id,file,title,evidence_level"]
    for source_id, (title, level, text) in (texts or TEXTS).items():
        (documents / f"{source_id}.txt").write_text(
            MARK.sub(lambda found: found[1] or found[3], text), encoding="utf-8"
        )
        rows.append(f"{source_id},{source_id}.txt,{title},{level}")
    (folder / "seeds" / "sources.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (folder / "seeds" / "review.toml").write_text(REVIEW, encoding="utf-8")
    (folder / "seeds" / "codebook.toml").write_text(CODEBOOK, encoding="utf-8")
    return folder


def read_coding(words: str) -> dict[str, Any]:
    """Read the coding beside a quote: "low=4 high=6 unit=hour"."""
    given: dict[str, Any] = {}
    for name, value in (part.split("=", 1) for part in words.split()):
        given[name] = float(value) if name in NUMBERS else value.replace("_", " ")
    vague = given.pop("vague", "")
    given |= {"vague_low": vague, "vague_high": vague} if vague else {}
    given |= {name: bool(given.get(name)) for name in ("approx", "comparator", "denied")}
    return given


def make_claims(texts: dict[str, tuple[str, str, str]]) -> tuple[list[Claim], list[ExclusionRow]]:
    """Make the claims and exclusions that the texts are marked with."""
    claims: list[Claim] = []
    exclusions: list[ExclusionRow] = []
    for source_id, (_, _, marked) in texts.items():
        text = MARK.sub(lambda found: found[1] or found[3], marked)
        passages, shift = Passages(text), 0
        for found in MARK.finditer(marked):
            quote = found[1] or found[3]
            start = found.start() - shift
            shift += len(found[0]) - len(quote)
            place = {"source_id": source_id, "start": start, "end": start + len(quote), "quote": quote}
            place |= {"sentence": passages.sentence(start, start + len(quote)), "section": passages.section(start)}
            if found[3]:
                exclusions.append(fill(ExclusionRow, **place, reason=found[4]))
            else:
                claims.append(make_claim(text, claims, place, read_coding(found[2])))
    return claims, exclusions


def make_claim(text: str, claims: list[Claim], place: dict[str, Any], given: dict[str, Any]) -> Claim:
    """Make one claim; what is not given is alertness in people after one cup."""
    taken = {claim.claim_id: claim for claim in claims}
    number = sum((claim.source_id, claim.quote) == (place["source_id"], place["quote"]) for claim in claims)
    prefix, suffix = make_anchor(text, place["start"], place["end"])
    coded = {"kind": "duration", "unit": "day", "role": "persistence", "outcome": "alertness", "regimen": "single"}
    coded |= {"population": "human", "region": "none", "prefix": prefix, "suffix": suffix}
    coded |= {"claim_id": make_id(place["source_id"], place["sentence"], place["quote"], number, taken), **place}
    if given.get("kind", "duration") != "duration":
        coded |= {"role": "other"}
    else:
        coded |= {"role_precision": (place["start"] % 83 + 10) / 100}
    claim = fill(Claim, **{**coded, **{name: value for name, value in given.items() if name != "dup"}})
    answers = claim.role == "persistence" and claim.kind == "duration" and not claim.comparator
    cue = f"role={claim.role}: cue 'lasts' {max(0, claim.start - 6)}-{claim.start}; outcome={claim.outcome}: codebook 'awake' 1-6"
    first = next(
        (other.claim_id for other in claims if other.sentence == claim.sentence and other.quote == claim.quote), ""
    )
    return replace(
        claim,
        answers=claim.answers or ("persistence" if answers else ""),
        cue=cue,
        duplicate_of=first if "dup" in given else "",
    )


def fill(record: Any, **given: Any) -> Any:
    """Make a record, its other columns empty."""
    return record(**{**{field.name: BLANK[str(field.type)] for field in fields(record)}, **given})


def make_tables(
    review: Path, texts: dict[str, tuple[str, str, str]] | None = None, reading: str = "base"
) -> dict[str, Any]:
    """Make every table of the example."""
    claims, exclusions = make_claims(texts or TEXTS)
    question = read_review(review)
    frame = to_frame(claims, Claim)
    durations = to_intervals(frame, read_vague_words(review))
    spread = find_strata(durations, question, reading)
    return {
        "sources": read_sources(review),
        "claims": frame,
        "exclusions": to_frame(exclusions, ExclusionRow),
        "orphans": to_frame([], Orphan),
        "durations": durations,
        "spread": spread,
        "influence": find_influence(durations, question, reading),
        "agreement": find_conflicts(durations, question, reading),
        "envelope": find_envelope(spread, find_hulls(durations, question, reading)),
    }


def hash_page(page: str) -> str:
    """Return the hash of a page, to compare two."""
    return hashlib.sha256(page.encode("utf-8")).hexdigest()
