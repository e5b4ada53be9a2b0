"""Read every stated amount of a text, verbatim, and every word that only looks like one.

Law of the room: nothing is converted, nothing is dropped in silence.
"""

from howlong.quantities.ledger import Ledger, LedgerError, check_ledger, tabulate
from howlong.quantities.reader import find_quantities
from howlong.quantities.records import Exclusion, ExclusionRow, Quantity, QuantityRow

__all__ = [
    "Exclusion",
    "ExclusionRow",
    "Ledger",
    "LedgerError",
    "Quantity",
    "QuantityRow",
    "check_ledger",
    "find_quantities",
    "tabulate",
]
