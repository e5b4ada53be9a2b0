"""Fold the many names of a unit into one, so that readers and people who name units differently can be compared.

Law: this table is written by hand and apart from the reader's own lexicon, so that a fault there shows in the figures.
"""

from __future__ import annotations

import math
import re

# Days in a unit of time; nan for those without a length of their own.
DAYS = {
    "nanosecond": 1e-9 / 86400,
    "microsecond": 1e-6 / 86400,
    "millisecond": 1e-3 / 86400,
    "second": 1 / 86400,
    "minute": 1 / 1440,
    "hour": 1 / 24,
    "day": 1.0,
    "night": 1.0,
    "week": 7.0,
    "fortnight": 14.0,
    "month": 30.4375,
    "quarter": 91.3125,
    "year": 365.25,
    "decade": 3652.5,
    "century": 36525.0,
    "millennium": 365250.0,
    "kiloyear": 365250.0,
    "megayear": 365.25e6,
    "gigayear": 365.25e9,
    "season": math.nan,
    "summer": math.nan,
    "winter": math.nan,
    "weekend": math.nan,
    "trimester": math.nan,
}

# Other names of a unit; words of four letters and more are compared in lower case, symbols as they are.
OTHER_NAMES = {
    "second": "s sec secs",
    "millisecond": "ms msec",
    "microsecond": "µs us",
    "nanosecond": "ns",
    "minute": "min mins",
    "hour": "h hr hrs",
    "day": "d",
    "week": "wk wks w",
    "month": "mo mth",
    "year": "y yr yrs a annum years_old year_old",
    "kiloyear": "ka kyr",
    "megayear": "Ma Myr",
    "gigayear": "Ga Gyr",
    "%": "percent percentage per_cent",
    "percentage point": "percentage_point pp",
    "m": "metre meter",
    "km": "kilometre kilometer",
    "cm": "centimetre centimeter",
    "mm": "millimetre millimeter",
    "µm": "micrometre micrometer micron um",
    "nm": "nanometre nanometer",
    "m^2": "square_metre square_meter m2",
    "m^3": "cubic_metre cubic_meter m3",
    "g": "gram gramme",
    "kg": "kilogram kilogramme kilo",
    "mg": "milligram",
    "µg": "microgram mcg ug",
    "t": "tonne ton metric_ton",
    "L": "l litre liter",
    "mL": "ml millilitre milliliter",
    "°": "degree deg degree_angle degree_of_arc",
    "°C": "degree_celsius celsius degc C",
    "°F": "degree_fahrenheit fahrenheit F",
    "K": "kelvin",
    "ha": "hectare",
    "kWh": "kilowatt-hour kilowatt_hour",
    "MWh": "megawatt-hour megawatt_hour",
    "magnitude": "mag",
    "standard deviation": "standard_deviation SD",
    "dollar": "$ USD us_dollar united_states_dollar nz_dollar US$",
    "euro": "€ EUR",
    "pound": "£ GBP pound_sterling british_pound",
    "bpm": "beat/minute",
    "": "dimensionless",
}
NAMES = {other: name for name, others in OTHER_NAMES.items() for other in others.split()}
KNOWN = set(DAYS) | set(OTHER_NAMES)
IRREGULAR = {"centuries": "century", "millennia": "millennium", "feet": "foot", "inches": "inch"}
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺·", "0123456789-+.")
RAISED = re.compile(r"[⁻⁺]?[⁰¹²³⁴-⁹]+(?:·[⁰¹²³⁴-⁹]+)?")


def fold_unit(unit: str) -> str:
    """Return one name for a unit, whoever names it.

    >>> fold_unit("mSv per hour") == fold_unit("mSv/h") == fold_unit("mSv·h⁻¹")
    True
    >>> fold_unit("Weeks"), fold_unit("square metres"), fold_unit("beats per minute")
    ('week', 'm^2', 'bpm')
    """
    words = RAISED.sub(
        lambda match: "^" + match[0].translate(SUPERSCRIPTS), unit.strip().replace("μ", "µ").replace("−", "-")
    )
    words = re.sub(r"\s+per\s+|\s*/\s*", "/", words)
    whole = fold_name(words)
    if whole in KNOWN:
        return whole
    separator = r"[·.*⋅ ](?!\d)" if re.search(r"\^|\w-\d", words) else r"[·*⋅]"
    powers: dict[str, float] = {}
    for sign, side in zip((1, *[-1] * words.count("/")), words.split("/"), strict=True):
        for factor in re.split(separator, side):
            name, power = split_power(factor)
            powers[name] = powers.get(name, 0.0) + sign * power
    return write_powers(powers)


def split_power(factor: str) -> tuple[str, float]:
    """Return the name and the power of one factor of a unit."""
    match = re.fullmatch(r"(.*?)(?:\^?([-+]?\d+(?:\.\d+)?))?", factor)
    name, power = (match[1], float(match[2] or 1)) if match else (factor, 1.0)
    folded = fold_name(name)
    if "^" in folded:
        folded, _, own = folded.partition("^")
        power *= float(own)
    return folded, power


def write_powers(powers: dict[str, float]) -> str:
    """Write the factors of a unit in a fixed order."""
    kept = {name: power for name, power in powers.items() if name and power}
    above = "·".join(f"{name}^{power:g}" if power != 1 else name for name, power in sorted(kept.items()) if power > 0)
    below = "".join(
        f"/{name}^{-power:g}" if power != -1 else f"/{name}" for name, power in sorted(kept.items()) if power < 0
    )
    written = above + below
    return NAMES.get(written, written)


def fold_name(word: str) -> str:
    """Fold plurals, case and other names of a unit without factors."""
    key = word.strip().rstrip(".").replace(" ", "_")
    key = key.lower() if len(key) > 3 else key
    for form in (key, key.lower(), IRREGULAR.get(key, key), key.removesuffix("s")):
        if form in NAMES or form in KNOWN:
            return NAMES.get(form, form)
    plain = key.removesuffix("s") if len(key) > 3 and not key.endswith("ss") else key
    return plain.replace("_", " ")
