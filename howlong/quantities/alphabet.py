"""Give every text an image of one byte a character, so that offsets in the image are offsets in the text.

The scanner works on bytes.  ASCII keeps its codes; the signs that amounts are written with (dashes, spaces, superscripts,
Greek letters, currency signs) get the codes above it; every other character, lone surrogates included, becomes "?".
"""

from __future__ import annotations

import codecs
import re
import unicodedata

SPACES = "\u00a0\u2009\u202f\u200a\u2002\u2003\u2007\u2008\u2005\u2006\u2004\u3000\u200b"
HYPHENS = "\u2010\u2011\u00ad"
DASHES = "–—‒−﹣－"
SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺"
FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 0.125, "⅜": 0.375, "⅝": 0.625, "⅕": 0.2}
SYMBOLS = "×±∓≤≥⩽⩾≦≧≲≳≈∼≃≅～∽˂˃·⋅∙•°º˚◦℃℉‰％§№″′‘’“”…＋／&÷"
LETTERS = "µμΩΩÅÅαβγδκρηχσλ⊕⊙☉²³₂éöüä"
CURRENCIES = "$€£¥₹¢"

_UPPER = "".join(
    dict.fromkeys(SPACES + HYPHENS + DASHES + SUPERSCRIPTS + "".join(FRACTIONS) + SYMBOLS + LETTERS + CURRENCIES)
)
_SLOTS = [character for character in _UPPER if ord(character) > 127]
if len(_SLOTS) > 128:
    raise AssertionError(f"alphabet: at most 128 signs, {len(_SLOTS)} are named. Drop one.")
_TABLE = "".join(map(chr, range(128))) + "".join(_SLOTS).ljust(128, "\ufffe")
_MAP = codecs.charmap_build(_TABLE)
UNKNOWN = b"?"
DIGITS = bytes(48 if 48 <= code <= 57 else code for code in range(256))


OTHER_DIGIT = re.compile(r"[^\D0-9]")  # a digit, and none of these


def to_plain_digits(text: str) -> str:
    """Return the text with the decimal digits of every script as 0 to 9, character by character.

    >>> to_plain_digits("٣ or １２ days")
    '3 or 12 days'
    """
    if text.isascii():
        return text
    return OTHER_DIGIT.sub(lambda match: str(unicodedata.decimal(match[0])), text)


def to_image(text: str) -> bytes:
    """Return the text with one byte a character; unknown characters become "?".

    >>> to_image("5–6 days")[:1], len(to_image("5–6 \\ud800 days"))
    (b'5', 10)
    """
    return codecs.charmap_encode(text, "replace", _MAP)[0]


def to_shape(image: bytes) -> bytes:
    """Return the image with every digit written as 0: texts of one shape are read alike."""
    return image.translate(DIGITS)


def to_pattern(pattern: str) -> bytes:
    """Return a pattern written in Unicode as a pattern over images."""
    return codecs.charmap_encode(pattern, "strict", _MAP)[0]


def from_image(image: bytes) -> str:
    """Return the characters of an image."""
    return codecs.charmap_decode(image, "strict", _TABLE)[0]
