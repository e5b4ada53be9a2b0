"""Read claims about time as intervals in days.

Law of the room: it is the only one that converts units, and it never makes a number of a word without saying so.  Each
end of an interval is a range of its own, because a vague end is not a number; an end that nobody states stays empty.

The readings of vague words follow the surveys and conventions named row by row in vocabulary/vague-words.csv; for
interval-valued words compare Ferson et al. 2015 (Int. J. Approximate Reasoning) and Tissot et al. 2019
(doi 10.1007/s10115-019-01338-1).
"""

from howlong.durations.choosing import keep_only, parse_only
from howlong.durations.intervals import Interval, list_intervals, to_interval, to_intervals
from howlong.durations.units import UNIT_DAYS
from howlong.durations.words import READINGS, VagueWord, VagueWords, read_vague_words

__all__ = [
    "READINGS",
    "UNIT_DAYS",
    "Interval",
    "VagueWord",
    "VagueWords",
    "keep_only",
    "list_intervals",
    "parse_only",
    "read_vague_words",
    "to_interval",
    "to_intervals",
]
