"""Keep the intervals of some strata, as the parameter `only` names them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from howlong.claims import Review
from howlong.durations.intervals import Interval
from howlong.tables import InputError, to_frame, to_records

if TYPE_CHECKING:
    from pandas import DataFrame

FACETS = ("outcome", "regimen", "population", "region")


def keep_only(intervals: DataFrame, only: str, review: Review | None = None) -> DataFrame:
    """Keep the intervals of some strata.

    Parameters
    ----------
    intervals : DataFrame
        A row an `Interval`.
    only : str
        Facets and codes, as in "outcome=clinical, regimen=single"; empty keeps all.
    review : Review, optional
        What the review asks; its codes are known even where no claim has them.

    Raises
    ------
    InputError
        For an unknown facet or code.
    """
    wanted = parse_only(only)
    records = to_records(intervals, Interval)
    for facet, code in wanted.items():
        named = review.order.get(facet, ()) if review else ()
        known = [*named, *sorted({getattr(record, facet) for record in records})]
        if code not in known:
            codes = ", ".join(name for name in dict.fromkeys(known) if name)
            raise InputError(f"only: {facet} must be one of {codes}; is {code!r}. Mend the parameter.")
    kept = [record for record in records if all(getattr(record, facet) == code for facet, code in wanted.items())]
    return to_frame(kept, Interval)


def parse_only(only: str) -> dict[str, str]:
    """Read the parameter `only`.

    >>> parse_only("outcome=clinical, regimen=single")
    {'outcome': 'clinical', 'regimen': 'single'}
    """
    wanted: dict[str, str] = {}
    for part in filter(None, (piece.strip() for piece in only.split(","))):
        facet, sign, code = (piece.strip() for piece in part.partition("="))
        if not sign or facet not in FACETS or not code:
            raise InputError(
                f"only: must be like 'outcome=clinical, regimen=single' with facets of {', '.join(FACETS)}; is {part!r}. "
                "Mend the parameter."
            )
        wanted[facet] = code
    return wanted
