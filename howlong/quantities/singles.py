"""Read single numbers with their units: digits, words, halves, articles, vague words, bare plurals."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from howlong.quantities.alphabet import CURRENCIES
from howlong.quantities.items import CODES, COUNTRIES, FULL, FULLER, FURTHER, MILLIONS, MONEY, Single, Value
from howlong.quantities.tokens import Token, cut_tokens, find_days

MILLION = 1e6
POWER = r"00(?:\^[-−–⁻]?0+|[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)"


class Singles:
    """The tokens of one run, and the single numbers among them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = cut_tokens(text)
        # The kind of a token by its index, empty past either end.
        self.kind: Callable[[int], str] = [*[token.kind for token in self.tokens], *[""] * 8].__getitem__

    def gap(self, at: int) -> str:
        """Return what stands between a token and the one before it."""
        return self.text[self.tokens[at - 1].end : self.tokens[at].start] if 0 < at < len(self.tokens) else ""

    def is_near(self, at: int) -> bool:
        """Tell whether a token belongs to the one before it: no blank line between."""
        return at < len(self.tokens) and self.gap(at).count("\n") < 2

    def goes_on(self, at: int) -> bool:
        """Tell whether a token stands on the line of the one before it, or goes on in small letters on the next."""
        return "\n" not in self.gap(at) or (self.is_near(at) and self.text[self.tokens[at].start].islower())

    def read_single(self, at: int, bounds: list[Token]) -> Single | None:
        """Return one number with its unit."""
        kind = self.kind(at)
        if kind in ("number", "sign", "joiner", "word", "plusminus"):
            return self.read_digits(at)
        if kind in ("numeral", "scale"):
            return self.read_words(at)
        if kind in ("half", "quarter", "multiple"):
            return self.read_half(at)
        if kind == "times":
            return self.read_times(at)
        if kind == "minus":
            return self.read_minus(at)
        if kind == "article":
            return self.read_digits(at) or self.read_article(at)
        if kind == "vague":
            return self.read_vague(at)
        if kind in ("time", "unit"):
            return self.read_bare(at, bounds)
        return None

    def read_minus(self, at: int) -> Single | None:
        """Return "minus 12 degrees" as a number below zero; between two numbers, and before a thing, "minus" takes away."""
        token = self.tokens[at]
        single = self.read_single(at + 1, []) if self.kind(at + 1) in ("number", "numeral") else None
        if single is None or single.value is None or self.kind(at - 1) in ("number", "numeral", "unit"):
            return None
        ranged = not single.unit and self.kind(single.next) == "joiner"
        if not ranged and single.unit.replace(" ", "_") not in token.effect.split():
            return None
        return replace(single, start=token.start, value=("*", single.value, -1.0))

    def read_digits(self, at: int) -> Single | None:
        """Return a number in digits with its sign, currency, scale and unit."""
        start = at
        money = ""
        factor = 1.0
        code = self.text[self.tokens[at].start : self.tokens[at].end].rstrip(".")
        if self.kind(at) == "article" and not (code == "A" and self.kind(at + 1) == "sign" and not self.gap(at + 1)):
            return None
        if self.kind(at) == "word" and code in CODES and self.kind(at + 1) == "number":
            money, at = CODES[code], at + 1
        elif self.kind(at) in ("word", "article") and code in COUNTRIES:
            at += 1
        if self.kind(at) == "word" or self.kind(at) == "plusminus":
            return None
        if self.kind(at) == "sign" and self.tokens[at].normal in CURRENCIES:
            money = MONEY[self.tokens[at].normal]
            at += 1
        elif (
            self.kind(at) in ("sign", "joiner")
            and self.text[self.tokens[at].start] in "-−–+－＋‐‑"
            and not self.gap(at + 1)
            and self.is_free(at)
        ):
            factor = 1.0 if self.text[self.tokens[at].start] in "+＋" else -1.0
            at += 1
        if self.kind(at) != "number" or (
            start < at
            and start == at - 1
            and not money
            and factor == 1.0
            and self.text[self.tokens[start].start] not in "+＋"
        ):
            return None
        token = self.tokens[at]
        value: Value = ("n", token.start, token.end) if factor == 1.0 else ("*", ("n", token.start, token.end), factor)
        single = self.finish_single(Single(self.tokens[start].start, token.end, at + 1, value, money=money))
        bullet = single.kind == "time" and self.text[single.start] == "–"  # no time is below zero by a dash
        return None if bullet else single

    def is_free(self, at: int) -> bool:
        """Tell whether a sign stands apart from what is before it."""
        return (
            (at == 0 and self.tokens[0].start == 0)
            or bool(self.gap(at))
            or self.kind(at - 1) in ("sign", "bound", "about", "interval")
        )

    def finish_single(self, single: Single) -> Single:
        """Read the scale, the half and the unit behind a number."""
        if self.kind(single.next) == "repeat" and self.text[self.tokens[single.next].start + 1].isalpha():
            single.end, single.next = self.tokens[single.next].end, single.next + 1  # "30 (thirty) days"
        while (self.kind(single.next) == "scale" and self.is_near(single.next)) or self.is_scale_tied(single.next):
            single.next += self.kind(single.next) == "joiner"
            token = self.tokens[single.next]
            single.value = ("*", single.value, float(token.effect))
            single.scale *= float(token.effect)
            single.end, single.next = token.end, single.next + 1
        self.add_half(single)
        self.add_scale(single)
        if (self.kind(single.next) == "after" and self.kind(single.next + 1) == "unit") or (
            self.kind(single.next) == "after" and self.tokens[single.next].form in ("or more", "or fewer", "or less")
        ):
            token = self.tokens[single.next]
            single.about = single.about or token.effect == "about"
            single.after = token.normal if token.effect != "about" else single.after
            single.next += 1
            single.end = token.end
        plus = self.kind(single.next) == "sign" and self.tokens[single.next].normal == "+" and not self.gap(single.next)
        days = find_days(self.tokens, self.text, single.next) if plus else None
        if days:  # "20+3 weeks"
            single.value = ("+", single.value, ("*", ("n", days.start, days.end), 1 / 7))
            single.end, single.next = days.end, single.next + 2
        elif plus and not self.is_error(single.next):
            single.after = "at least"
            single.end, single.next = self.tokens[single.next].end, single.next + 1
        self.add_unit(single)
        if single.unit:
            self.add_half(single)
            if self.kind(single.next) == "sign" and self.text[single.end : single.end + 1] == "+":
                self.add_plus(single)
        if single.money and not single.unit:
            single.unit, single.kind = single.money, "money"
        if single.unit == "pound" and single.scale >= MILLION:
            single.unit, single.kind = MONEY["£"], "money"
        return single

    def is_signed(self, at: int) -> bool:
        """Tell whether a plus or a minus stands right before a number."""
        if self.kind(at) not in ("sign", "joiner") or self.kind(at + 1) != "number" or self.gap(at + 1):
            return False
        return self.text[self.tokens[at].start] in "+＋−-–"

    def is_error(self, at: int) -> bool:
        """Tell whether the plus behind a number is that of its errors: "12.4+1.3−1.1"."""
        if not self.is_signed(at) or self.kind(at + 2) not in ("per", "joiner", "sign"):
            return False
        return self.is_signed(at + 2) or self.is_signed(at + 3)

    def is_scale_tied(self, at: int) -> bool:
        """Tell whether a hyphen and a scale stand right behind a number: "$5-million"."""
        if self.kind(at) != "joiner" or self.kind(at + 1) != "scale" or self.gap(at) or self.gap(at + 1):
            return False
        return self.text[self.tokens[at].start] in "-‑‐"

    def add_plus(self, single: Single) -> None:
        """Read "250 MB+" as a lower end; "5 mg+10 mg" is a sum and stays apart."""
        if self.kind(single.next + 1) not in ("number", "numeral"):
            single.after = "at least"
            single.end, single.next = single.end + 1, single.next + 1

    def add_half(self, single: Single) -> None:
        """Add "and a half" to a number; to "a million" half a million."""
        if self.kind(single.next) == "andhalf":
            token = self.tokens[single.next]
            whole = single.scale if single.value == single.scale else 1.0
            single.value = ("+", single.value, float(token.effect) * whole)
            single.end, single.next = token.end, single.next + 1

    def add_scale(self, single: Single) -> None:
        """Multiply "three and a half" by the "million" behind it."""
        if self.kind(single.next) == "scale" and self.is_near(single.next) and self.kind(single.next - 1) == "andhalf":
            token = self.tokens[single.next]
            single.value, single.scale = ("*", single.value, float(token.effect)), float(token.effect)
            single.end, single.next = token.end, single.next + 1

    def add_unit(self, single: Single) -> None:
        """Read the unit behind a number: a unit token, or a time word after a plus."""
        token = self.tokens[single.next] if single.next < len(self.tokens) else None
        if (
            token is not None
            and single.money
            and (token.form or token.normal) in MILLIONS
            and not self.gap(single.next)
        ):
            factor = MILLIONS[token.form or token.normal]
            single.value, single.scale = ("*", single.value, factor), factor
            single.end, single.next = token.end, single.next + 1
            return
        if token is None or (single.money and token.effect != "money"):
            return
        tied = token.kind == "joiner" and not self.gap(single.next) and self.kind(single.next + 1) == "fold"
        tied = tied and not self.gap(single.next + 1)
        if tied or (token.kind == "fold" and token.form == "-fold" and not self.gap(single.next)):
            single.next += 1 + tied
            single.unit, single.kind, single.end = "fold", "number", self.tokens[single.next - 1].end
            return
        if token.kind == "word" and token.normal in FULLER and self.kind(single.next + 1) == "time":
            time = self.tokens[single.next + 1]
            if time.effect.endswith("s") and self.is_near(single.next) and self.is_near(single.next + 1):
                single.next, token = single.next + 1, time._replace(kind="unit", effect="time")
        if token.kind == "unit" or (token.kind == "time" and single.after and self.is_near(single.next)):
            single.unit, single.kind = token.normal, token.effect if token.kind == "unit" else "time"
            single.unit_at = (token.start, token.end)
            single.tied = not self.gap(single.next) and self.text[token.start] in "-‑‐"
            single.end, single.next = token.end, single.next + 1

    def read_words(self, at: int) -> Single | None:
        """Return a number in words with its unit, or a fraction ("two thirds")."""
        start = at
        total = current = 0.0
        scale = 1.0
        while True:
            token = self.tokens[at]
            amount = float(token.effect)
            scale = scale * amount if token.kind == "scale" else 1.0
            if token.kind == "scale":
                if amount >= 1000:
                    total, current = total + (current or 1.0) * amount, 0.0
                else:
                    current = (current or 1.0) * amount
            else:
                current += amount
            at += 1
            step = self.next_word(at, token)
            if step is None:
                break
            at = step
        if self.kind(at) == "repeat":
            at += 1
        single = Single(self.tokens[start].start, self.tokens[at - 1].end, at, total + current, word=True, scale=scale)
        return self.read_part(single) or self.finish_single(single)

    def next_word(self, at: int, before: Token) -> int | None:
        """Return the index of the next word of the same number, or nothing where it ends."""
        tied = (
            self.kind(at) == "joiner"
            and self.tokens[at].normal == "to"
            and self.text[self.tokens[at].start] in "-‐‑"
            and not self.gap(at)
            and not self.gap(at + 1)
        )
        far = (
            at + 1
            if tied or (self.kind(at) == "joiner" and self.tokens[at].form == "and" and before.kind == "scale")
            else at
        )
        kind = self.kind(far)
        if kind == "scale":
            return far if far == at or tied else None
        if kind != "numeral":
            return None
        size, last = float(self.tokens[far].effect), float(before.effect)
        if before.kind == "scale":
            return far if size < last and last >= 100 else None
        return far if 20 <= last <= 90 and last % 10 == 0 and 1 <= size <= 9 else None

    def read_part(self, single: Single) -> Single | None:
        """Return "two thirds" as a fraction: a small number and a part."""
        at = single.next
        tied = self.kind(at) == "joiner" and not self.gap(at) and self.text[self.tokens[at].start] in "-‐‑"
        at += tied
        if self.kind(at) != "part" or not isinstance(single.value, float) or single.value > 20:
            return None
        token = self.tokens[at]
        if token.form == "quarters" and single.value > 3:
            return None
        plural = token.form.endswith("s") or token.form == "halves"
        if (single.value > 1) != plural and token.form != "half":
            return None
        single.value, single.kind = single.value / float(token.effect), "fraction"
        single.end, single.next = token.end, at + 1
        return self.read_part_of(single)

    def read_part_of(self, single: Single) -> Single:
        """Read "of a day" behind a fraction."""
        at = single.next
        of = self.kind(at) == "of" and not self.tokens[at].form.startswith("in")  # "rose by half in a year"
        if of and self.kind(at + 1) == "article" and self.kind(at + 2) in ("unit", "time"):
            token = self.tokens[at + 2]
            single.unit, single.kind = token.normal, "time" if token.kind == "time" else token.effect
            single.unit_at = (token.start, token.end)
            single.end, single.next = token.end, at + 3
        return single

    def read_half(self, at: int) -> Single | None:
        """Return "half an hour", "half", "twofold"."""
        token = self.tokens[at]
        single = Single(token.start, token.end, at + 1, float(token.effect), word=True)
        if token.kind == "multiple":
            single.unit, single.kind = "fold", "number"
            return single
        if (self.kind(at + 1) == "joiner" and not self.gap(at + 1)) or self.text[token.end : token.end + 1] in (
            "-",
            "‑",
            "‐",
        ):
            follow = self.text[token.end + 1 : token.end + 5].lower()
            if follow.startswith(("life", "live", "way", "hear")):
                return None
        self.add_unit(single)
        if single.tied and token.form == "a half":
            single.start = token.end - len("half")  # "a half-hour show": the article belongs to the show.
        if not single.unit:
            if token.form.endswith((" a", " an")) or token.kind == "quarter":
                if token.form.endswith((" a", " an")) and self.kind(at + 1) == "scale":
                    step = self.tokens[at + 1]
                    single.value, single.end, single.next = (
                        single.value * float(step.effect) if isinstance(single.value, float) else None,
                        step.end,
                        at + 2,
                    )
                    self.add_unit(single)
                    return single
                if token.kind != "half":
                    return None
                single.end = token.start + 4
            single.kind = "fraction"
            return self.read_part_of(single)
        return single

    def read_times(self, at: int) -> Single:
        """Return "once", "twice" as a number of times."""
        token = self.tokens[at]
        return Single(token.start, token.end, at + 1, float(token.effect), unit="time", kind="times", word=True)

    def measure(self, start: int, at: int, value: Value, vague: str = "") -> Single:
        """Return a single number whose unit is the token at `at`."""
        token = self.tokens[at]
        kind = "time" if token.kind == "time" else token.effect
        span = (token.start, token.end)
        return Single(
            start, token.end, at + 1, value, vague=vague, unit=token.normal, kind=kind, word=True, unit_at=span
        )

    def read_article(self, at: int) -> Single | None:
        """Return "a week", "a hundred", "a third", "an hour and a half"."""
        start = self.tokens[at].start
        kind = self.kind(at + 1)
        if kind in ("word", "solo"):
            full = self.tokens[at + 1].normal in FULL and self.kind(at + 2) == "time"
            return self.measure(start, at + 2, 1.0) if full and not self.tokens[at + 2].effect.endswith("s") else None
        if kind in ("part", "quarter", "half"):
            return self.read_article_part(at, start)
        if kind == "scale":
            single = self.read_words(at + 1)
            return replace(single, start=start) if single else None
        return self.read_article_unit(at, start) if kind in ("unit", "time") else None

    def read_article_part(self, at: int, start: int) -> Single | None:
        """Return "a third", "a quarter of an hour", "within a quarter"."""
        token = self.tokens[at + 1]
        kind = self.kind(at + 1)
        if kind == "part" and token.effect == "2":
            return None
        within = self.kind(at - 1) == "bound" and self.tokens[at - 1].normal == "within"
        if token.form == "quarter" and within and self.kind(at + 2) != "of":
            return replace(self.measure(start, at + 1, 1.0), unit="quarter", kind="time")
        if kind == "part":
            share = Single(start, token.end, at + 2, 1 / float(token.effect), kind="fraction", word=True)
            if token.form == "quarter" and self.kind(at + 2) in ("joiner", "time"):
                return self.read_tied_part(share)
            return self.read_part_of(share)
        single = self.read_half(at + 1)
        return replace(single, start=start) if single else None

    def read_tied_part(self, share: Single) -> Single:
        """Return "quarter-century" of "a quarter-century"; the article belongs to what follows."""
        at = share.next
        tied = self.text[self.tokens[at].start] in "-‑‐" and not self.gap(at)
        far = at + (self.kind(at) == "joiner")
        if not tied and self.kind(at) == "time" and self.tokens[at].effect in ("hour", "century", "day", "year"):
            return self.measure(share.start, at, share.value)
        if not tied or self.kind(far) != "time":
            return self.read_part_of(share)
        return replace(self.measure(share.end - len("quarter"), far, share.value), word=True)

    def read_article_unit(self, at: int, start: int) -> Single | None:
        """Return "a week", "an hour and a half"; "another week" without its first word."""
        token = self.tokens[at + 1]
        bounded = self.kind(at - 1) in ("bound", "about") if at else False
        paired = self.kind(at + 2) == "joiner" and self.tokens[at + 2].normal == "or" and self.kind(at + 3) == "numeral"
        if (
            (token.form.lower() == "second" and not bounded and not paired and self.kind(at + 2) != "andhalf")
            or token.normal == "quarter"
            or self.text[token.start] in "-‑"
        ):
            return None
        if token.form.lower().endswith("s") and token.effect != "time":
            return None
        single = self.measure(token.start if self.tokens[at].form == "another" else start, at + 1, 1.0)
        self.add_half(single)
        return single

    def read_vague(self, at: int) -> Single | None:
        """Return "several days", "a few hundred metres", "several times" before a period; vague counts are none."""
        token = self.tokens[at]
        weak = token.effect == "weak"
        unit = at + 1
        if not weak and self.kind(unit) == "timesword" and self.kind(unit + 1) in ("article", "per", "rate"):
            end = self.tokens[unit].end
            return Single(token.start, end, unit + 1, None, vague=token.effect, unit="time", kind="times", word=True)
        if self.kind(unit) == "word" and self.tokens[unit].normal in FURTHER:
            unit += 1
        while not weak and self.kind(unit) == "scale":
            unit += 1
        if not weak and self.kind(unit) == "vague" and self.tokens[unit].effect == "many":
            unit += 1  # "several tens of minutes"
        unit = unit if weak else self.pass_power(unit)
        if self.kind(unit) in ("unit", "time") and self.is_vague_unit(unit, weak):
            return self.measure(token.start, unit, None, token.normal if weak else token.effect)
        if self.kind(unit) == "joiner" and self.kind(unit - 1) in ("vague", "scale") and not weak:
            return Single(token.start, self.tokens[unit - 1].end, unit, None, vague=token.effect, word=True)
        return None

    def pass_power(self, at: int) -> int:
        """Return the index behind the power of ten of "a few × 10^8 yr"; the one that was given where none stands."""
        far = at + (self.kind(at) in ("timesword", "sign") and self.text[self.tokens[at].start] in "×x·*")
        if self.kind(far) != "number" or not re.fullmatch(
            POWER, self.text[self.tokens[far].start : self.tokens[far].end]
        ):
            return at
        return far + 1

    def is_vague_unit(self, at: int, weak: bool) -> bool:
        """Tell whether a vague word before this unit states an amount; weak ones do before a time only."""
        token = self.tokens[at]
        if self.is_time(at):
            return True
        return not weak and token.effect not in ("count", "statistic") and token.normal not in ("point", "unit")

    def is_time(self, at: int) -> bool:
        """Tell whether a token is a plain unit of time."""
        token = self.tokens[at]
        return token.kind == "time" or token.effect == "time"

    def read_bare(self, at: int, bounds: list[Token]) -> Single | None:
        """Return a bare plural ("weeks"), or a singular behind a modifier that counts it ("every day", "first week")."""
        token = self.tokens[at]
        if not self.is_time(at):
            return None
        plural = (
            self.text[token.start : token.end].lower().endswith("s")
            or (token.normal in ("millennium",) and self.text[token.start : token.end].endswith("ia"))
            or (token.normal == "century" and self.text[token.start : token.end].endswith("ies"))
        )
        effects = [bound.effect for bound in bounds]
        span = (token.start, token.end)
        if plural:
            return Single(
                token.start,
                token.end,
                at + 1,
                None,
                vague="bare",
                unit=token.normal,
                kind="time",
                word=True,
                unit_at=span,
            )
        if self.is_or_two(at) and not bounds:
            return self.measure(token.start, at, 1.0)
        if any(effect.startswith("every") for effect in effects) or any(
            (effect == "span" and bound.normal == "first") or (effect == "high" and "the" in bound.form)
            for effect, bound in zip(effects, bounds, strict=True)
        ):
            single = Single(
                token.start, token.end, at + 1, 1.0, unit=token.normal, kind="time", word=True, unit_at=span
            )
            self.add_half(single)
            return single
        return None

    def is_or_two(self, at: int) -> bool:
        """Tell whether "or two" follows one time without its article: "the next day or two"."""
        joined = self.kind(at + 1) == "joiner" and self.tokens[at + 1].form == "or" and self.kind(at + 2) == "numeral"
        return (
            joined
            and self.tokens[at + 2].effect in ("2", "3")
            and self.kind(at - 1) not in ("article", "number", "numeral", "unit", "time", "per")
        )
