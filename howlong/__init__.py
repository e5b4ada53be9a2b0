"""Tabulate every quantitative claim of a review against the words it was read from, and chart the spread honestly.

Rooms, in the order the data flows: tables, sources, quantities, claims, verdicts, durations, spread, charts, report, cli.
"""

__version__ = "0.1.0"
INTERRUPTED = "interrupted. What is published stays as it was."
