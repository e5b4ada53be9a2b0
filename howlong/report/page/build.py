"""Build the page ``review.html`` of a run's tables: one file that opens offline and needs no script.

Law of the room: the same tables give the same bytes; whatever comes from an article is escaped by the template engine.

The page follows the habits of Cochrane's summary of findings, Our World in Data's charts, and Distill's reading comfort.
"""

from __future__ import annotations

import base64
import csv
import datetime
import functools
import hashlib
import re
import shlex
import sys
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

import howlong
from howlong.durations import read_vague_words
from howlong.report.page import answers, chart, comparison, gaps, pairs, texts, words
from howlong.report.page.axis import Axis
from howlong.report.page.downloads import offer_downloads
from howlong.report.page.facts import ARTICLES, Facts, gather_facts
from howlong.report.page.history import tell_history
from howlong.report.page.naming import READING_WORDS, capitalise, join_words, plural, slug, spell
from howlong.report.run.edition import PACKAGE
from howlong.report.run.parameters import PLACES, read_parameters
from howlong.tables import InputError, write_text

if TYPE_CHECKING:
    from pandas import DataFrame

PAGE = "review.html"
PARTLY = re.compile(r"only\b|.*\bonly$|.*where they are known$")
MANY_ROWS = 80
EMBEDS = ("sentences", "full", "none")
NO_SETTINGS = ("review", "out", "edition", *PLACES)
ARTICLE = re.compile(r"(?<=Article) (?=\w{1,2}\b)")
AMOUNT = re.compile(r"(?<=[\d½¼¾]) (?=(?:second|minute|hour|day|week|month|year)s?\b|(?:s|min|h|wk|mo|yr)\b)")


def build_pages(review: Path, tables: Mapping[str, DataFrame], parameters: Mapping[str, Any]) -> dict[str, str]:
    """Build the report: one page, and past 1,000 claims a page for each article beside it.

    Parameters
    ----------
    review : Path
        The review's folder; its question, names and texts are read from there.
    tables : mapping of str to DataFrame
        The run's tables by name, as `read_tables` returns them.
    parameters : mapping of str to object
        What the run was asked for: ``reading``, ``as_of``, ``embed`` ("sentences", "full" or "none") and others.
        ``edition`` may tell which edition this is, as `howlong.report.changes.compare_with_last` does; it is no setting.

    Returns
    -------
    dict of str to str
        Pages as HTML by their path: ``review.html``, and ``articles/<source>.html`` where there are more.

    Raises
    ------
    InputError
        When a table lacks a column, a document changed since the tables were made, or ``embed`` is none of the three.
    """
    if parameters.get("embed", "sentences") not in EMBEDS:
        raise InputError(
            f"embed: must be {', '.join(EMBEDS[:2])} or {EMBEDS[2]}, is {parameters['embed']!r}. Change the parameter."
        )
    facts = gather_facts(review, tables, parameters)
    depth = lay_out_depth(facts, review)
    main = {**lay_out_first(facts), **lay_out_figures(facts), **depth}
    pages = {PAGE: fill_page("page", facts, len(facts.claims) > 1 and not facts.is_vast, main)}
    return pages | (build_articles(facts, depth["texts"]) if facts.is_vast else {})


def build_page(review: Path, tables: Mapping[str, DataFrame], parameters: Mapping[str, Any]) -> str:
    """Build the report's main page alone; see `build_pages`."""
    return build_pages(review, tables, parameters)[PAGE]


def build_articles(facts: Facts, told: Sequence[texts.SourceText]) -> dict[str, str]:
    """Build the page of each article: statements, what was left out, passages."""
    left_out: dict[str, list[Any]] = {}
    for row in facts.exclusions:
        left_out.setdefault(row.source_id, []).append(row)
    pages = {}
    for text in told:
        rows = left_out.get(text.source.source_id, [])
        page = facts.article_pages[text.source.source_id]
        parts = {"text": text, "page": page, "reasons": texts.list_reasons(facts, rows), "excluded": len(rows)}
        parts["roles_told"] = sorted({statement.role for statement in text.statements})
        pages[f"{ARTICLES}/{page}"] = fill_page("article", facts, len(text.statements) > 1, parts)
    return pages


def fill_page(template: str, facts: Facts, has_script: bool, parts: Mapping[str, Any]) -> str:
    """Fill a template, with the page's style, its script where it has statements to find, and its policy."""
    style, script = read_style("base", "page"), read_script() if has_script else ""
    page = (
        open_environment()
        .get_template(f"{template}.html.j2")
        .render(
            facts=facts,
            page_title=name_page(facts),
            style=Markup(style),
            script=Markup(script),
            policy=make_policy(style, script),
            **parts,
        )
    )
    return re.sub(r"\n\s*\n+", "\n", page).strip() + "\n"


def write_pages(out: Path, pages: Mapping[str, str]) -> None:
    """Write pages into a folder, and remove articles' pages of an earlier time."""
    for stale in (out / ARTICLES).glob("*.html"):
        if f"{ARTICLES}/{stale.name}" not in pages:
            stale.unlink()
    for name, page in pages.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        write_text(out / name, page)


@functools.cache
def open_environment() -> Environment:
    """Open the templates; everything they print is escaped."""
    environment = Environment(
        loader=PackageLoader("howlong.report.page", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    # What stands below another is read in one breath by a screen reader, and copied as one word, but for a mark between.
    environment.globals["pause"] = Markup('<span class="vh">, </span>')
    environment.filters |= {"nb": join_amounts, "plural": plural, "capital": capitalise, "spell": spell}
    return environment


def name_page(facts: Facts) -> str:
    """Return the page's title, which says what kind of page it is.

    PRISMA's first item asks a report to name itself; a program cannot know that a review is systematic.
    """
    title = facts.review.title or facts.review.question or "How long does it last?"
    if "review" in title.lower():
        return title
    return f"{title} A literature review" if title.endswith(("?", "!", ".")) else f"{title}: a literature review"


def join_amounts(text: str | Markup) -> Markup:
    """Keep a number and its unit on one line.

    >>> str(join_amounts("3 to 7 days")) == "3 to 7\\u00a0days"
    True
    """
    return Markup(ARTICLE.sub("\u00a0", AMOUNT.sub("\u00a0", str(escape(text)))))


def read_style(*names: str) -> str:
    """Return style sheets of the page as one."""
    room = files("howlong.report.page")
    return "".join(room.joinpath(f"{name}.css").read_text(encoding="utf-8") for name in names)


def read_script() -> str:
    """Return the page's one script: it hides and reorders statements that are there."""
    return files("howlong.report.page").joinpath("templates", "find.js").read_text(encoding="utf-8")


def make_policy(style: str, script: str = "") -> str:
    """Forbid every request, every style but the page's own, and every script but the one given."""
    allowed = f"style-src '{hash_source(style)}'; " + (f"script-src '{hash_source(script)}'; " if script else "")
    return f"default-src 'none'; {allowed}img-src data:; base-uri 'none'; form-action 'none'"


def hash_source(text: str) -> str:
    """Return a text's hash as a policy writes it."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}"


def lay_out_first(facts: Facts) -> dict[str, Any]:
    """Lay out the first screen: answer, paragraph, aside, answers table, what is not told."""
    axis, bands = answers.make_answers(facts)
    return {
        "answer": words.write_answer(facts),
        "paragraph": words.write_paragraph(facts),
        "example": find_example(facts),
        "lead_chart": chart.chart_lead(facts),
        "answers_axis": axis,
        "bands": bands,
        "answers_title": answers.find_heading(facts),
        "answers_note": answers.tell_difference(facts),
        "not_told": gaps.list_gaps(facts),
        "as_of": say_date(str(facts.parameters.get("as_of") or "")),
        "version": howlong.__version__,
    }


def find_example(facts: Facts) -> tuple[str, str] | None:
    """Return a vague word of the articles with what it is read as, from the lead answer where it has one."""
    names = [name for stratum in [facts.lead, *facts.strata] if stratum for name in stratum.claim_ids]
    simple = []
    for name in names:
        claim, row = facts.by_id[name], facts.interval(name)
        if row and claim.vague_low and claim.vague_low == claim.vague_high and row.low_days and row.high_days:
            said = words.say_interval(claim, row)
            simple.append((claim.vague_low == "bare", len(claim.quote), words.tidy(claim.quote), said))
    return min(simple)[2:] if simple else None


def say_date(text: str) -> str:
    """Write an ISO date as people do.

    Raises
    ------
    InputError
        When it is no date.

    >>> say_date("2026-11-01"), say_date("")
    ('1 November 2026', '')
    """
    months = "January,February,March,April,May,June,July,August,September,October,November,December"
    if not text:
        return ""
    try:
        date = datetime.date.fromisoformat(text)
    except ValueError:
        raise InputError(f"as_of: must be a date like 2026-11-01, or empty; is {text!r}. Mend it.") from None
    return f"{date.day} {months.split(',')[date.month - 1]} {date.year}"


def lay_out_figures(facts: Facts) -> dict[str, Any]:
    """Lay out the figures, and the gridlines that their rows use."""
    claims, roles = chart.chart_claims(facts), chart.chart_roles(facts)
    influence, envelopes = comparison.chart_influence(facts), comparison.draw_envelopes(facts)
    lead, (table, _) = chart.chart_lead(facts), answers.make_answers(facts)
    axes: list[Axis] = [table, *(figure.axis for figure in (lead, claims, roles) if figure)]
    axes += [table.axis for table in influence] + [envelope.axis for envelope in envelopes]
    return {
        "claims_chart": claims,
        "is_long": count_rows(claims) > MANY_ROWS,
        "are_roles_long": count_rows(roles) > MANY_ROWS,
        "lead_anchor": f"g-{slug(facts.lead.stratum_id)}" if facts.lead else "",
        "roles_chart": roles,
        "evidence_map": comparison.map_evidence(facts),
        "influence": influence,
        "envelopes": envelopes,
        "numbers": number_figures(claims, facts.strata, roles, influence, envelopes, facts.conflicts),
        "no_envelope": comparison.excuse_envelope(facts),
        "grids": Markup("").join(axis.draw_grid() for axis in axes),
        "pairs": pairs.list_pairs(facts),
        "agreement_title": pairs.title_agreement(facts) if facts.conflicts else "",
        "agreement_note": pairs.note_agreement(facts) if facts.conflicts else "",
        "relations": pairs.RELATIONS,
        "downloads": offer_downloads(facts),
    }


def number_figures(*figures: object) -> dict[str, int]:
    """Number the figures that there are, in their order on the page."""
    names = ("claims", "map", "roles", "influence", "envelope", "agreement")
    there = [name for name, figure in zip(names, figures, strict=True) if figure]
    return {name: number for number, name in enumerate(there, start=1)}


def count_rows(figure: chart.Chart | None) -> int:
    """Count the rows of a chart."""
    return sum(len(group.rows) for group in figure.groups) if figure else 0


def lay_out_depth(facts: Facts, review: Path) -> dict[str, Any]:
    """Lay out what stands below the figures: texts, ledger, method, parameters, provenance."""
    reasons, sources = texts.list_reasons(facts, facts.exclusions), texts.tell_sources(facts)
    vague_words = list_vague_words(facts)
    edition = {"number": "", "state": "", "changes": (), **(facts.parameters.get("edition") or {})}
    settings = list_settings(facts, review)
    return {
        "texts": sources,
        "roles_told": sorted({statement.role for source in sources for statement in source.statements}),
        "reasons": reasons,
        "excluded": sum(reason.count for reason in reasons),
        "unresolved": sum(reason.count for reason in reasons if reason.reason == "unresolved"),
        "vague_words": vague_words,
        "reading_example": find_readings(vague_words, facts),
        "reading_words": READING_WORDS.get(facts.reading, facts.reading),
        "settings": settings,
        "command": " ".join(
            ["howlong report", *(f"-p {name} {shlex.quote(value)}" for name, value, changed in settings if changed)]
        ),
        "notebooks": [path.stem for path in list_notebooks(review)],
        "edition": edition,
        "history": tell_history(edition),
        "seeds": hash_seeds(review),
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "readings_from": cite_readings(facts, review),
        "checklist": read_checklist(bool(edition["number"]) and edition["state"] not in ("first", "lost")),
        "anchors": {"top", "sources", "method", "statements", "limits", "provenance", "fig-claims"}
        | ({"changes"} if edition["number"] else set())
        | ({"answers"} if facts.strata else set())
        | ({"gaps"} if gaps.list_gaps(facts) else set()),
        "comparators": sum(claim.comparator for claim in facts.claims),
        "judged": sum(bool(claim.verdict) for claim in facts.claims),
        "certainty": tell_certainty(facts),
    }


def tell_certainty(facts: Facts) -> str:
    """Say how often the rules that make statements an answer are right, nothing where people decided all of them."""
    precisions = [claim.role_precision for claim in facts.claims if claim.answers and claim.role_precision is not None]
    if not precisions:
        return ""
    low, high = (round(100 * end) for end in (min(precisions), max(precisions)))
    share = f"{low} to {high}" if low < high else f"{low}"
    return (
        "Rules say which statements answer how long something lasts; on the times that people coded for making them, those used "
        f"here were right for {share} of 100, and they are right less often on articles that nobody had read before. Whoever "
        "checks the statements can put the least certain of each article first."
    )


def list_vague_words(facts: Facts) -> list[tuple[str, tuple[str, str, str]]]:
    """List the vague words of this review's durations with what each reading makes of them, once each."""
    seen: dict[str, tuple[str, str, str]] = {}
    for claim in facts.claims:
        rows = [facts.interval(claim.claim_id, reading) for reading in READING_WORDS]
        if not all(rows) or not rows[0] or not (rows[0].vague or rows[0].approx):
            continue
        said = tuple(words.say_interval(claim, row) for row in rows if row)
        seen.setdefault(words.tidy(claim.quote).lower(), (said[0], said[1], said[2]))
    return sorted(seen.items())


def find_readings(vague_words: Sequence[tuple[str, tuple[str, str, str]]], facts: Facts) -> str:
    """Say of a short vague word that is read in three ways how the others read it; one of two articles' answers first."""
    shared = {
        words.tidy(facts.by_id[name].quote).lower()
        for stratum in facts.strata
        if stratum.sources > 1
        for name in stratum.claim_ids
    }
    told = [
        (quote not in shared, len(quote), quote, said) for quote, said in vague_words if len(set(said)) == len(said)
    ]
    if not told:
        return ""
    _, _, quote, (narrow, _, wide) = min(told)
    return f"“{quote}” is {narrow}; widely, {wide}"


def list_notebooks(review: Path) -> list[Path]:
    """Return the notebooks that make this review's report: its own, or the project's."""
    own = review / "notebooks"
    return sorted((own if own.is_dir() else PACKAGE.parent / "notebooks").glob("[0-9]*.ipynb"))


def list_settings(facts: Facts, review: Path) -> list[tuple[str, str, bool]]:
    """List the run's parameters, each with whether it differs from the notebooks' default."""
    defaults = {
        parameter.name: parameter.default for path in list_notebooks(review) for parameter in read_parameters(path)
    }
    given = {name: value for name, value in facts.parameters.items() if name not in NO_SETTINGS}
    if facts.left_out:
        given["leave_out"] = list(facts.left_out)
    if "only" not in given and facts.kept_out:
        given["only"] = f"set; it keeps {facts.kept_out} durations out of the answers"
    settings = []
    for name, value in {**{key: defaults[key] for key in defaults if key not in NO_SETTINGS}, **given}.items():
        shown = ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
        settings.append((name, shown, name in defaults and defaults[name] != value))
    return settings


def read_checklist(has_changes: bool) -> list[dict[str, str]]:
    """Read the items of PRISMA 2020 and of its extension for living reviews, each with where the page tells it.

    Page et al. 2021, BMJ 372:n71; Akl et al. 2024, BMJ 387:e079183 (its four new items, in short).
    """
    text = files("howlong.report.page").joinpath("templates", "checklist.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    told = [row if has_changes or row["anchor"] != "changes" else {**row, "anchor": ""} for row in rows]
    return [row | {"filled": rate_item(row)} for row in told]


def rate_item(row: Mapping[str, str]) -> str:
    """Tell whether an item of the checklist is filled: "whole", "part" where its own words say so, or ""."""
    return "" if not row["anchor"] else "part" if PARTLY.match(row["told"]) else "whole"


def cite_readings(facts: Facts, review: Path) -> str:
    """Say where the readings of the vague words of this review's statements come from, word by word."""
    used = {word for claim in facts.claims for word in (claim.vague_low, claim.vague_high) if word}
    cited: dict[str, list[str]] = {}
    for row in read_vague_words(review).rows.values():
        if row.word in used - {"bare"} and row.citation:
            cited.setdefault(row.citation, []).append(f"“{row.word}”")
    return " ".join(f"{join_words(list(dict.fromkeys(words)))}: {citation}." for citation, words in cited.items())


def hash_seeds(review: Path) -> list[tuple[str, str]]:
    """Return the hashes of the files that people wrote beside the documents."""
    paths = sorted(path for path in (review / "seeds").glob("*") if path.suffix in (".toml", ".csv"))
    return [(f"seeds/{path.name}", hashlib.sha256(path.read_bytes()).hexdigest()) for path in paths]
