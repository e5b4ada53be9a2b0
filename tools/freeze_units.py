"""Spell out the units of howlong/vocabulary/units.txt and write the frozen table units.csv.

The reader reads only the frozen table; pint stays out of it. pint checks here that a unit we call time, mass or length is one,
and gives the factor to the base unit. Its traps are kept out by naming the pint unit by UCUM code, not by the spelling people use
(`decade` is dimensionless there, `wk`, `mo`, `IU` and `bpm` are unknown, and "ng mL−1" turns into ml·ng).

Run: python tools/freeze_units.py
"""

from __future__ import annotations

import csv
from pathlib import Path

import pint

VOCABULARY = Path(__file__).parent.parent / "howlong" / "vocabulary"
PREFIXES = {
    "d": "deci", "c": "centi", "m": "milli", "µ": "micro", "n": "nano", "p": "pico", "f": "femto",
    "k": "kilo", "M": "mega", "G": "giga", "T": "tera", "P": "peta", "E": "exa",
}  # fmt: skip
UCUM_PREFIX = {"µ": "u"}
TIME_WORDS = {"s": "second"}
PINT = {
    "s": "second", "min": "minute", "h": "hour", "d": "day", "wk": "week", "mo": "month", "a": "year", "ka": "kiloyear",
    "Ma": "megayear", "Ga": "gigayear", "g": "gram", "mg": "milligram", "ug": "microgram", "kg": "kilogram", "t": "tonne",
    "[lb_av]": "pound", "[oz_av]": "ounce", "[stone_av]": "stone", "u": "dalton", "Gy": "gray", "Sv": "sievert",
    "Bq": "becquerel", "Ci": "curie", "m": "meter", "dm": "decimeter", "km": "kilometer", "um": "micrometer",
    "Ao": "angstrom", "[in_i]": "inch", "[ft_i]": "foot", "[yd_i]": "yard", "[mi_i]": "mile", "[nmi_i]": "nautical_mile",
    "[ly]": "light_year", "AU": "astronomical_unit", "pc": "parsec", "har": "hectare", "[acr_us]": "acre", "L": "liter",
    "mL": "milliliter", "[gal_us]": "gallon", "[pt_us]": "pint", "[qt_us]": "quart", "[cup_us]": "cup",
    "[tbs_us]": "tablespoon", "[tsp_us]": "teaspoon", "[bbl_us]": "oil_bbl", "Cel": "kelvin", "K": "kelvin",
    "deg": "degree", "rad": "radian", "mol": "mole", "mol/L": "molar", "N": "newton", "Hz": "hertz", "Pa": "pascal", "hPa": "hectopascal",
    "bar": "bar", "atm": "atmosphere", "J": "joule", "cal": "calorie", "eV": "electron_volt", "W": "watt", "V": "volt",
    "A": "ampere", "Ohm": "ohm", "S": "siemens", "F": "farad", "T": "tesla", "G": "gauss", "C": "coulomb", "lx": "lux",
    "lm": "lumen", "cd": "candela", "%": "percent", "mm[Hg]": "mmHg", "m2": "meter**2", "km2": "kilometer**2",
    "m3": "meter**3", "cm3": "centimeter**3", "[kn_i]": "knot", "By": "byte", "bit": "bit",
}  # fmt: skip


def read_units(path: Path) -> list[list[str]]:
    """Return the six fields of every unit that people wrote down."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [[field.strip() for field in line.split("|")] for line in lines if line.strip() and not line.startswith("#")]


def spell_prefixes(unit: list[str]) -> list[dict[str, str]]:
    """Return a row for every spelling of one unit, with and without prefixes."""
    name, words, symbols, prefixes, kind, ucum = unit
    rows = []
    for word in words.split():
        rows.append({"form": word.replace("_", " "), "case": "any", "name": name, "kind": kind, "ucum": ucum})
    for symbol in symbols.split():
        if not symbol.endswith("+"):
            rows.append({"form": symbol.replace("_", " "), "case": "exact", "name": name, "kind": kind, "ucum": ucum})
    for prefix in prefixes.split():
        rows += spell_prefix(prefix, name, words.split()[:4], symbols.split(), kind, ucum)
    return rows


def spell_prefix(
    prefix: str, name: str, words: list[str], symbols: list[str], kind: str, ucum: str
) -> list[dict[str, str]]:
    """Return the spellings of one unit with one prefix: its first symbol's and its words'."""
    code = UCUM_PREFIX.get(prefix, prefix) + ucum
    symbol = (symbols or [name])[0].rstrip("+")
    prefixed = PREFIXES[prefix] + TIME_WORDS[ucum] if ucum in TIME_WORDS else prefix + symbol
    rows = [
        {"form": sign + one.rstrip("+"), "case": "exact", "name": prefixed, "kind": kind, "ucum": code}
        for one in symbols
        if (len(one.rstrip("+")) <= 3 and one.rstrip("+").isalpha()) or one in ("Ω", "Ω")
        for sign in ((prefix, "μ", "u") if prefix == "µ" else (prefix,))
    ]
    rows += [
        {"form": PREFIXES[prefix] + word.replace("_", " "), "case": "any", "name": prefixed, "kind": kind, "ucum": code}
        for word in words
        if len(word) > 2 and word not in ("sec", "secs", "gm", "amp", "amps")
    ]
    if kind == "time":
        rows += [{"form": prefix + "sec", "case": "exact", "name": prefixed, "kind": kind, "ucum": code}]
    return rows


def measure(registry: pint.UnitRegistry[float], ucum: str) -> tuple[str, str]:
    """Return the dimension of a unit and its factor to the base unit, empty when pint has none."""
    prefix, base = ("", ucum) if ucum in PINT else (ucum[:1], ucum[1:])
    if base not in PINT:
        return "", ""
    long = {**PREFIXES, "u": "micro"}.get(prefix, "") if prefix else ""
    quantity = registry.Quantity(1.0, long + PINT[base]).to_base_units()
    return str(quantity.dimensionality), repr(float(f"{quantity.magnitude:.12g}"))


def main() -> None:
    """Write units.csv, one row a spelling; the first unit that claims a spelling keeps it."""
    registry: pint.UnitRegistry[float] = pint.UnitRegistry()
    seen: dict[str, dict[str, str]] = {}
    for unit in read_units(VOCABULARY / "units.txt"):
        for row in spell_prefixes(unit):
            seen.setdefault(row["form"], row)
    with (VOCABULARY / "units.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["form", "case", "name", "kind", "ucum", "dimension", "factor"])
        for form in sorted(seen):
            row = seen[form]
            dimension, factor = measure(registry, row["ucum"])
            if row["kind"] == "time" and factor and dimension != "[time]":
                raise SystemExit(f"units.txt: '{form}' must be a time, pint says {dimension}. Mend its UCUM code.")
            writer.writerow([form, row["case"], row["name"], row["kind"], row["ucum"], dimension, factor])


if __name__ == "__main__":
    main()
