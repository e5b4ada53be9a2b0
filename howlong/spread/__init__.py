"""Say how far the reported durations spread, stratum by stratum.

Law of the room: strata are never pooled, bounds are never averaged, and a source counts once however often it speaks.

The answer of a stratum is the plain hull of what its sources say, as befits few sources and open ends; the envelope is
the pair of shares that are certain and possible at each time, the bounds of Turnbull's problem rather than its solution
(Turnbull 1976, J. R. Stat. Soc. B 38:290-295).
"""

from howlong.spread.agreement import Conflict, find_conflicts
from howlong.spread.envelope import Step, find_envelope
from howlong.spread.hulls import find_makers, lie_apart, take_hull
from howlong.spread.influence import Influence, find_influence
from howlong.spread.strata import Hull, Stratum, find_hulls, find_strata

__all__ = [
    "Conflict",
    "Hull",
    "Influence",
    "Step",
    "Stratum",
    "find_conflicts",
    "find_envelope",
    "find_hulls",
    "find_influence",
    "find_makers",
    "find_strata",
    "lie_apart",
    "take_hull",
]
