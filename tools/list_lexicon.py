"""Write the list of words into docs/lexicon.md, from the same files that the reader reads.

Run: python tools/list_lexicon.py
"""

from __future__ import annotations

from pathlib import Path

from howlong.quantities.lexicon import load_lexicon

PAGE = Path(__file__).parent.parent / "docs" / "lexicon.md"
MARK = "<!-- made by tools/list_lexicon.py from howlong/vocabulary; do not edit below -->"


def list_words() -> str:
    """Return the words of each class with their normal forms, as Markdown tables."""
    kinds: dict[str, dict[str, list[str]]] = {}
    for phrase in load_lexicon().phrases:
        kinds.setdefault(phrase.kind, {}).setdefault(f"{phrase.normal} ({phrase.effect})", []).append(phrase.form)
    lines = []
    for kind, groups in kinds.items():
        lines += [f"## {kind}", "", "| normal form (effect) | spellings |", "|---|---|"]
        lines += [f"| {name} | {', '.join(forms)} |".replace(" | | ", " | \\| | ") for name, forms in groups.items()]
        lines.append("")
    return "\n".join(lines)


def list_units() -> str:
    """Return the units with their spellings, as a Markdown table."""
    names: dict[str, list[str]] = {}
    kinds: dict[str, str] = {}
    for _, group in load_lexicon().units.values():
        for unit in group.values():
            names.setdefault(unit.name, []).append(unit.form)
            kinds[unit.name] = unit.kind
    lines = ["## Units", "", "| unit | kind | spellings |", "|---|---|---|"]
    lines += [f"| {name} | {kinds[name]} | {', '.join(sorted(set(names[name])))} |" for name in sorted(names)]
    return "\n".join(lines) + "\n"


def make_page(text: str) -> str:
    """Return the page with a fresh list behind its mark."""
    return text.partition(MARK)[0] + MARK + "\n\n" + list_words() + "\n" + list_units()


if __name__ == "__main__":
    PAGE.write_text(make_page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
