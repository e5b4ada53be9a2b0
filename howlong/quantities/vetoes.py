"""Tell why a number is no amount: labels, numbering, dates, names, pronouns.

Law: a veto holds for texts of any field; the words that a text may put before a number stand in vetoes.txt with their reasons.
"""

from __future__ import annotations

import re

from howlong.quantities import contexts
from howlong.quantities.items import Item
from howlong.quantities.lexicon import load_lexicon
from howlong.quantities.nouns import COUNTED_TIMES, find_counted

LABELLED_KINDS = frozenset(
    {"number", "word", "identifier", "roman", "glued", "statistic", "version", "in", "ratio", "", "part"}
)
CITED = re.compile(r"\d{1,3}(?:[,–-]\s?\d{1,3})*")
CITED_BEFORE = re.compile(r"[^\W\d_.,;:)\]]?(?:[^\W\d]|[.,;:)\]])\s?\((?:\d{1,3}[,–-]\s?)*$")
CITED_AFTER = re.compile(r"(?:[,–-]\s?\d{1,3})*\)")
KEYED = re.compile(r"(?:\(|[,;] |\band )$")
LISTED = re.compile(r"[.)][ \t]|\)")
HEADED = re.compile(r"\.?[ \t]+[A-Z]")
ENDED = re.compile(r"\. [A-Z]")
HEADING = re.compile(r"\.?[ \t]+([A-Z][a-z]+)(?:[ \t]+(?:and[ \t]+)?[A-Za-z]+){0,2}[ \t]*(?=[\r\n]|$)")  # "3 Results"
PAGED = re.compile(r"[^\W\d_][ \u00a0][–-][ \u00a0]$")
# A title in capitals behind its number ("5 Things to Know").
TITLED = re.compile(r"[ \t\u00a0]+(?:[A-Z][a-z’']+[ \t\u00a0]+)+(?:to|for|about|that|You|of|in|[A-Z])")
LINKS = frozenset(["of", "was", "is", "were", "are", "value", "values"])
LIST_GAP = re.compile(r"\)?\s*(?:[,;–—/&-]\s*)?(?:and|or|to|through)?\s*\(?")


def fits_label(reason: str, signs: str, tied: bool, item: Item) -> bool:
    """Tell whether what stands between a label and a number allows the label."""
    if reason == "count":
        return "=" in signs and item.open == "number"
    if reason == "statistic":
        return (
            not set(signs) & set("-.")
            and signs != ","
            and item.open in ("number", "statistic", "", "in", "identifier")
            and (bool(signs) or not tied)
            and item.kind in ("number", "excluded", "fraction")
        )
    if item.open in ("in", "part", "") or (item.values and item.open == ""):
        return False
    return not set(signs) - set(".:#-‑") and (bool(signs) or not tied)


YEAR = re.compile(
    r"(?:1[5-9]\d\d|20\d\d)(?:\s?[–/‑-]\s?(?:(?:1[5-9]|20)?\d\d))?(?:(?:,| to| and|, and| or)\s(?:1[5-9]\d\d|20\d\d))*"
)


SECTION = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}")
PHONE_REST = re.compile(r"\s\d{1,4}\s\d{2,}")
PHONE = re.compile(r"(?:\+\d{1,3}|(?<!\d)0\d{2,4})(?:[ -]\d{1,4})*[ -]$")
LABELLED = re.compile(r"(?:[a-z,;]\)?\s(?:the\s)?|[(/]\s?)(?:[A-Z][a-z]+|[A-Z]{2,6})[ \u00a0]$")
ACRONYM = re.compile(
    r"\b(?!(?:CI|SD|IQR|AND|OR|THE|TO|OF|IN|FOR|BY|AT|IS|WITH|ALL|USD|EUR|GBP|UK|US|USA|EU)\b)[A-Z]{2,6}[ \u00a0]$"
)


def veto_digits(quote: str, before: str, after: str, item: Item) -> str:
    """Return why a number in digits is no amount, empty when it may be one."""
    if (
        quote[0] in "12bB"
        and YEAR.fullmatch(quote.lower().removeprefix("between "))
        and not (before.rstrip().endswith(("=", "<", ">")) or (after[:1] == "." and after[1:2].isdigit()))
    ):
        return "date"
    if (
        quote[0] == "1"
        and quote[1:2] in ("0", "1", "2", "3", "4")
        and is_old_span(quote)
        and find_counted(quote + after, len(quote)) is None
        and is_old_year(quote, before)
    ):
        return "date"
    if is_name_part(quote, before, after):
        return "identifier"
    if is_numbering(quote, before, after):
        return "numbering"
    if quote.isdigit() and is_labelled(quote, before, after):
        return "label"
    if after[:1] in "-‑" and after[1:2].isalpha():
        word = re.match(r"[-‑]([A-Za-z]+)", after)
        counted = word is not None and word[1].lower() in load_lexicon().nouns["hyphen"]
        return "" if counted or item.unit else "identifier"
    return ""


def is_old_span(quote: str) -> bool:
    """Tell whether digits may be a year before 1500, or a span of years that begins there: "1348", "1368 to 1644"."""
    if len(quote) == len("1348"):
        return quote.isdecimal()
    last = quote[-4:]
    return quote[:4].isdecimal() and last.isdecimal() and last[0] == "1" and quote[4:-4] in (" to ", "–", "-", " – ")


def is_old_year(quote: str, before: str) -> bool:
    """Tell whether four digits are a year of the Middle Ages by the word before them."""
    word = (before.split() or [""])[-1].lower() if before[-1:].isspace() else ""
    if len(quote) > 4:
        return word == "from" or before[-1:] == "("
    return word in ("in", "since", "until", "circa")


def is_name_part(quote: str, before: str, after: str) -> bool:
    """Tell whether digits are part of a name, a formula or a telephone number."""
    last = before[-1:]
    if quote[0] == "0" and quote.isdigit() and len(quote) > 1:
        return True
    if after[:1].isalpha() or (after[:1] == "." and after[1:2].isalpha()) or last == "{":
        return True
    if (before[-2:-1].isdigit() and PHONE.search(before)) or (quote[0] == "+" and PHONE_REST.match(after)):
        return True
    if not last:
        return False
    tied = (quote[0].isdigit() or quote[0] in "−–-") and (last.isalpha() or last in "_@")
    return tied or (last in ")}]" and before[-2:-1] != " ") or (last in "-‑/'−⁻" and before[-2:-1].isalpha())


def is_numbering(quote: str, before: str, after: str) -> bool:
    """Tell whether a number counts list items, sections, captions or citations."""
    if (
        before.rstrip(" ")[-1:] in ("(", ",", "–", "-")
        and CITED_AFTER.match(after)
        and CITED.fullmatch(quote)
        and CITED_BEFORE.search(before[-30:])
    ):
        return True
    if before.rstrip(" \t(")[-1:] in ("", "\n", "\r"):
        if quote.isdigit() and len(quote) < 4 and LISTED.match(after):
            return True
        if (SECTION.fullmatch(quote) and HEADED.match(after)) or (
            before.rstrip(" \t")[-1:] != "(" and TITLED.match(after)
        ):
            return True
        if quote.isdigit() and len(quote) < 3 and (headed := HEADING.match(after)):
            return contexts.load_words("section head").has(headed[1].lower())
    if len(quote) < 3 and quote.isdigit() and before[-2:-1] in (".", "!", "?") and ENDED.match(after):
        return True
    return before[-2:-1] in ("–", "-") and after.strip(" \t")[:1] in ("", "\n", "\r") and bool(PAGED.search(before))


def is_labelled(quote: str, before: str, after: str) -> bool:
    """Tell whether a whole number keys a legend ("1 = low") or follows a name ("Pixel 8")."""
    if KEYED.search(before[-8:]) and re.match(r"\s?=\s?\d", after):
        return True
    if before[-1:] in ("(", ",", ";", " ") and re.match(r"\s?=\s?[a-z<>≥≤]", after):
        return True
    if len(quote) > 4 or before[-1:] not in (" ", "\u00a0") or not is_named(before):
        return False
    return bool(ACRONYM.search(before)) or (
        LABELLED.search(before) is not None and find_counted(quote + after, len(quote)) is None
    )


def is_named(before: str) -> bool:
    """Tell whether the word before a number begins with a capital."""
    words = before[-24:].split()
    word = words[-1] if words else ""
    return word[:1].isupper() or (word[:1] in "([“" and word[1:2].isupper())


def veto_word(word: str, before: str, after: str, tail: tuple[str, int] | None) -> str:
    """Return why a number word is no amount, empty when it may be one."""
    if after[:1] in "-‑" and after[1:2].isalpha() and tail is None:
        return "word part"
    if word == "one":
        return veto_one(before, after, tail)
    if word in ("each one", "every one"):
        return "pronoun"
    if tail is None and re.search(
        r"\b(?:the|these|those|or|all|or the)\s+$|\b(?:all|both|each|any|none|some|most|many|few|either|neither|out) of\s+$",
        before,
    ):
        return "pronoun"
    return ""


def veto_one(before: str, after: str, tail: tuple[str, int] | None) -> str:
    """Return why "one" is no amount: a pronoun, a determiner."""
    if re.match(r"\s+of\b", after) or re.search(
        r"\b(?:the|this|that|no|each|any|every|which|another|other|only)\s+$", before
    ):
        return "pronoun"
    if tail is not None and tail[0] in COUNTED_TIMES:
        return ""
    noun = re.match(r"(?:[ \u00a0-]+(?!\s)|[ \t]*\r?\n[ \t]*)([a-z]+)(?:[ -]([a-z]+))?", after)
    doses = load_lexicon().nouns["dose"]
    if noun and (noun[1] in doses or noun[2] in doses):
        return ""
    if noun is None or noun[1] in load_lexicon().nouns["stop"]:
        return "pronoun"
    return "determiner"
