"""Let what a notebook printed as HTML through a door: elements that show something pass, what loads or runs does not.

Law of the room: only listed elements and attributes pass; a link inside the output stays there, a link to the report's
rows leads to the report, a link to the web stays a link, and every id is made the output's own.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from markupsafe import Markup, escape


def part_words(text: str) -> frozenset[str]:
    """Return the words of a list."""
    return frozenset(text.split())


TEXT = part_words(
    "a b blockquote br caption code dd details div dl dt em h2 h3 h4 h5 h6 hr i img kbd li mark ol p pre q s small span"
    " strong sub summary sup table tbody td tfoot th thead tr u ul"
)
DRAWING = part_words(
    "svg g path rect circle ellipse line polyline polygon text tspan defs use clippath pattern marker symbol title desc"
    " lineargradient radialgradient stop"
)
DROPPED = part_words("style script metadata iframe object template noscript")
VOID = part_words("br hr img")
SAID = part_words("colspan rowspan scope open lang dir aria-label aria-hidden role")
PAINT = part_words(
    "fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-dasharray stroke-dashoffset stroke-linejoin"
    " stroke-linecap stroke-miterlimit opacity font-size font-family font-weight font-style text-anchor"
    " dominant-baseline stop-color stop-opacity"
)
SHAPE = PAINT | part_words(
    "d x y x1 x2 y1 y2 cx cy r rx ry width height points transform viewbox clip-path patternunits patterntransform"
    " patterncontentunits gradientunits gradienttransform offset dx dy rotate markerwidth markerheight refx refy orient"
    " preserveaspectratio clippathunits"
)
REFERENCE = re.compile(r"url\(\s*['\"]?#([^'\")\s]+)['\"]?\s*\)")
REPORT = "../review.html"


class Door(HTMLParser):
    """Writes again what may pass.

    Attributes
    ----------
    parts : list of str
        What passed.
    """

    def __init__(self, anchor: str, names: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.anchor, self.names = anchor, names
        self.parts: list[str] = []
        self.open: list[str] = []
        self.closed_by: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Let an element in, with the attributes that may pass."""
        if tag in DROPPED:
            self.closed_by.append(tag)
        if self.closed_by or tag not in TEXT | DRAWING:
            return
        given = {name: value or "" for name, value in attrs}
        written = (Markup(' {}="{}"').format(name, value) for name, value in self.choose(tag, given).items())
        self.parts.append(f"<{tag}{''.join(written)}>")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Let an element in that has no inside."""
        if tag in DROPPED:
            return
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close an element, and what was left open in it."""
        if self.closed_by:
            if tag == self.closed_by[-1]:
                self.closed_by.pop()
            return
        while tag in self.open:
            last = self.open.pop()
            self.parts.append(f"</{last}>")
            if last == tag:
                return

    def handle_data(self, data: str) -> None:
        """Let text in, escaped."""
        if not self.closed_by:
            self.parts.append(str(escape(data)))

    def choose(self, tag: str, given: dict[str, str]) -> dict[str, str]:
        """Return the attributes that may pass."""
        allowed = SAID | SHAPE if tag in DRAWING else SAID
        if tag in DRAWING:
            given = {**read_style(given.pop("style", "")), **given}
        kept = {name: self.rename(value) for name, value in given.items() if name in allowed}
        if "id" in given:
            kept["id"] = f"{self.anchor}-{given['id']}"
        address = given.get("href") or given.get("xlink:href")
        if address and tag in ("a", "use"):
            kept |= self.lead(tag, address)
        if tag == "svg" and kept.get("role") == "img":
            kept["role"] = "group"  # a picture must hold no links, and these are what makes it useful
        if tag == "img":
            kept["alt"] = given.get("alt") or "Picture without a description"
            kept |= {"src": given["src"]} if given.get("src", "").startswith("data:image/") else {}
        return kept

    def rename(self, value: str) -> str:
        """Make references inside a value the output's own; any other address in it is dropped."""
        if "url(" not in value.lower():
            return value
        match = REFERENCE.fullmatch(value.strip())
        return f"url(#{self.anchor}-{match[1]})" if match else "none"

    def lead(self, tag: str, address: str) -> dict[str, str]:
        """Return where a link leads: inside the output, to the report, to the web, or nowhere."""
        if address.startswith("#"):
            inside = address[1:] in self.names
            if tag == "use":
                return {"href": f"#{self.anchor}-{address[1:]}"} if inside else {}
            target = f"#{self.anchor}-{address[1:]}" if inside else REPORT + address
            # A drawing has one description; its marks can be pressed, but the keyboard need not walk through all of them.
            return {"href": target} | ({"tabindex": "-1", "aria-hidden": "true"} if "svg" in self.open else {})
        return {"href": address, "rel": "noreferrer"} if tag == "a" and address.startswith("https://") else {}


def read_style(style: str) -> dict[str, str]:
    """Return the paint of a drawing's style as attributes, which need no leave for styles.

    >>> read_style("fill: none; stroke-width: 2; position: fixed")
    {'fill': 'none', 'stroke-width': '2'}
    """
    pairs = (part.split(":", 1) for part in style.split(";") if ":" in part)
    return {name.strip(): value.strip() for name, value in pairs if name.strip() in PAINT}


def clean_html(text: str, anchor: str) -> Markup:
    """Return what may pass of an output's HTML.

    Parameters
    ----------
    text : str
        HTML or SVG.
    anchor : str
        The output's id; it goes before each id inside.

    Returns
    -------
    Markup
        Well-formed HTML without styles, scripts and anything that loads.
    """
    names = frozenset(re.findall(r"\bid=[\"']([^\"']+)[\"']", text))
    door = Door(anchor, names)
    door.feed(text)
    door.close()
    door.parts += [f"</{tag}>" for tag in reversed(door.open)]
    return Markup(re.sub(r"<th>\s*</th>", "<td></td>", "".join(door.parts)))
