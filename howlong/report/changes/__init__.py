"""Tell what changed from one edition of a review to the next, and why.

Law of the room: tables in, a table out.  Every difference is laid to a cause that the hashes and cues of both editions bear
out; where they leave several, all of them are named.

The layout follows PRISMA for living systematic reviews (Akl et al. 2024, BMJ 387:e079183): what is new since the edition
before, and whether it changed an answer.
"""

from howlong.report.changes.differences import Change, compare, find_changes
from howlong.report.changes.editions import compare_kept, compare_with_last
from howlong.report.changes.sentences import Told, count_kinds, tell_changes
from howlong.report.changes.state import State

__all__ = [
    "Change",
    "State",
    "Told",
    "compare",
    "compare_kept",
    "compare_with_last",
    "count_kinds",
    "find_changes",
    "tell_changes",
]
