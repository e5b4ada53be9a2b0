"""Check what people wrote in a review, without running a notebook.

Law: what is wrong raises, as a run would raise it; what is merely doubtful is one line each.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from howlong.claims import Codebook, audit_cues, read_codebook
from howlong.report.run.doubts import find_doubts
from howlong.report.run.driver import check_seeds, find_notebooks
from howlong.report.run.history import find_previous, list_editions, name_edition, read_record
from howlong.report.run.parameters import check_parameters
from howlong.sources import find_review
from howlong.verdicts import read_verdicts


def validate_review(folder: str) -> list[str]:
    """Check a review's seeds and notebooks.

    Parameters
    ----------
    folder : str
        The review's folder; empty: the one that is stood in.

    Returns
    -------
    list of str
        What could be better, and last that all can be run.

    Raises
    ------
    InputError
        For the first thing that is wrong.
    """
    review = find_review(folder)
    notebooks = find_notebooks(review)
    check_parameters(notebooks, {})
    check_seeds(review, {})
    doubts = [doubt for path in notebooks for doubt in find_doubts(path)]
    return [
        *doubts,
        *audit_history(review),
        *audit_verdicts(review),
        *audit_codebook(review),
        f"valid: seeds/ and {len(notebooks)} notebooks can be run",
    ]


def audit_history(review: Path) -> Iterator[str]:
    """Name the editions that are not as they were published."""
    for number in list_editions(review):
        record = read_record(review, number)
        if record is None:
            yield f"{name_edition(number)}: its record cannot be read; restore it from git"
        elif record.previous.number in list_editions(review) and not find_previous(review, record.previous):
            yield f"{name_edition(record.previous.number)}: is not as it was when edition {number} was compared with it; restore it from git"


def audit_verdicts(review: Path) -> Iterator[str]:
    """Name the verdicts on a source that the review does not have: a run lists them and ends with status 3."""
    from howlong.sources import read_sources

    verdicts, known = read_verdicts(review), list(read_sources(review).source_id)
    for line, source_id in zip(verdicts.line, verdicts.source_id, strict=True):
        if source_id not in known:
            yield f"verdicts.csv line {line}: source_id {source_id!r} is no source of sources.csv, so the verdict finds no claim; mend the row"


def audit_codebook(review: Path) -> list[str]:
    """Name the cues of the codebook that never fire on this review's documents, or fire once."""
    from howlong.sources import read_documents, read_sources

    documents = read_documents(review, read_sources(review))
    codebook = read_codebook(review)
    return [
        *audit_twins(codebook),
        *[
            f"codebook.toml: the cue {use.cue!r} of {use.facet} {use.code!r} {'fires once' if use.found else 'never fires'} in these documents"
            for use in audit_cues(documents, codebook)
        ],
    ]


def audit_twins(codebook: Codebook) -> Iterator[str]:
    """Name the cues that stand under two codes of one facet: the words alone cannot tell which is meant."""
    codes: dict[tuple[str, str], list[str]] = {}
    for cue in codebook.cues:
        codes.setdefault((cue.facet, " ".join(cue.text.lower().split())), []).append(cue.code)
    for (facet, text), found in codes.items():
        if len(found) > 1:
            first, *others = dict.fromkeys(found)
            where = (
                f"under {facet} {first!r} and {' and '.join(map(repr, others))}"
                if others
                else f"twice under {facet} {first!r}"
            )
            yield f"codebook.toml: the cue {text!r} stands {where}; keep it where it is meant"
