"""Run the commands: `report`, `diff`, `restore`, `extract`, `validate`.

Law: a command reads its arguments and prints; what it does is done by the rooms.  Results go to standard output, all else to
standard error; a mistake of the caller is one line and status 2.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import howlong
from howlong.tables import InputError, read_bytes

if TYPE_CHECKING:
    from howlong.claims import Claim, Codebook
    from howlong.report.run import Outcome

FAILED, WRONG_INPUT = 1, 2
AMOUNT_KEYS = (
    *("source", "start", "end", "quote", "sentence", "section", "kind", "reason"),
    *("low", "low_unit", "high", "unit", "modifier", "approx", "hedge", "vague_low", "vague_high", "values", "point"),
    *("role", "outcome", "regimen", "population", "region", "comparator", "attribution", "cue"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    options = build_parser().parse_args(arguments)
    try:
        status = int(options.command(options))
        sys.stdout.flush()
        return status
    except InputError as error:
        print(error, file=sys.stderr)
        return WRONG_INPUT
    except KeyboardInterrupt:
        print(howlong.INTERRUPTED, file=sys.stderr)
        return FAILED
    except BrokenPipeError:
        silence_output()
        return 0
    except OSError as error:
        silence_output()
        print(
            f"{error.filename or 'output'}: {error.strerror or error}. Give it room or leave to write, and run again.",
            file=sys.stderr,
        )
        return FAILED


def silence_output() -> None:
    """Send what is still to be written nowhere: nobody can take it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def build_parser() -> argparse.ArgumentParser:
    """Describe the commands and their options."""
    parser = argparse.ArgumentParser(
        prog="howlong", description="Tabulate how long things last, in the words of the sources, and make the report."
    )
    parser.add_argument("--version", action="version", version=f"howlong {howlong.__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    add_report(commands)
    add_diff(commands)
    add_restore(commands)
    add_extract(commands)
    add_validate(commands)
    return parser


def add_review(parser: argparse.ArgumentParser) -> None:
    """Add the option that names the review's folder."""
    parser.add_argument(
        "--review", metavar="DIR", default="", help="the review's folder; without it, the one you stand in"
    )


def add_report(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe `howlong report`."""
    parser = commands.add_parser(
        "report",
        help="run the notebooks and publish data/ and reports/",
        description="Run the notebooks and publish data/ and reports/, unless nothing changed.",
        epilog="Exit status: 0 published or unchanged, 1 the run failed, 2 an input or a parameter is wrong, 3 published with something left out.",
    )
    add_review(parser)
    parser.add_argument("--force", action="store_true", help="run everything, although nothing changed")
    parser.add_argument("--strict", action="store_true", help="fail when something would be left out")
    parser.add_argument("--json", action="store_true", help="print one line of JSON instead of three lines of text")
    parser.add_argument(
        "--time-limit", metavar="SECONDS", type=int, default=600, help="how long one cell may take (default: 600)"
    )
    parser.add_argument(
        "--keep", metavar="N", type=int, default=0, help="how many editions the history keeps (default: 0, all of them)"
    )
    parser.add_argument(
        "-p",
        "--parameter",
        nargs=2,
        action="append",
        default=[],
        metavar=("NAME", "VALUE"),
        help="a value for a parameter of the notebooks, such as -p reading wide; may be repeated",
    )
    parser.set_defaults(command=report)


def add_diff(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe `howlong diff`."""
    parser = commands.add_parser(
        "diff",
        help="tell what changed from one edition to another, and why",
        description="Tell what changed from one edition to another, claim by claim and answer by answer, each with its cause.",
    )
    add_review(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON object a change")
    parser.add_argument("first", nargs="?", type=int, metavar="A", help="an edition (default: the one before B)")
    parser.add_argument("second", nargs="?", type=int, metavar="B", help="another (default: the newest)")
    parser.set_defaults(command=diff)


def add_restore(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe `howlong restore`."""
    parser = commands.add_parser(
        "restore",
        help="lay out in a new folder what an edition was made of",
        description="Lay out in a new folder the seeds, notebooks and library that an edition was made of; a run there makes it again, byte for byte.",
    )
    add_review(parser)
    parser.add_argument("number", type=int, metavar="N", help="the edition")
    parser.add_argument("folder", metavar="DIR", help="a new or empty folder")
    parser.set_defaults(command=restore)


def add_extract(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe `howlong extract`."""
    parser = commands.add_parser(
        "extract",
        help="print every stated amount of some texts as JSON lines",
        description="Print every stated amount of some texts, and every number that is none, as JSON lines in the order of the text.",
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="a text in UTF-8; - reads standard input")
    parser.add_argument("--codebook", metavar="FILE", help="a codebook.toml; without it outcome and region are null")
    parser.set_defaults(command=extract)


def add_validate(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe `howlong validate`."""
    parser = commands.add_parser(
        "validate",
        help="check what people wrote, without running anything",
        description="Check seeds/ and notebooks/ without running anything, and name the cues that never fire or fire once.",
    )
    add_review(parser)
    parser.set_defaults(command=validate)


# --- the commands ---------------------------------------------------------------------------------------------------


def report(options: argparse.Namespace) -> int:
    """Make the report and say in three lines what came of it."""
    from howlong.report.run import Request, run_report

    request = Request(
        review=options.review,
        parameters=options.parameter,
        force=options.force,
        strict=options.strict,
        time_limit=options.time_limit,
        keep=options.keep,
    )
    outcome = run_report(request)
    if outcome.message:
        print(outcome.message, file=sys.stderr)
    if options.json:
        print(json.dumps(asdict(outcome), ensure_ascii=False))
    elif outcome.result != "failed":
        print(*describe_outcome(outcome), sep="\n")
    return outcome.status


def describe_outcome(outcome: Outcome) -> list[str]:
    """Say in three lines where the report is, what the ledger holds, and what the answers are."""
    nouns = {"documents": "document", "quantities": "quantity", "exclusions": "exclusion", "unexplained": "unexplained"}
    held = [f"{count} {nouns[name] if count == 1 else name}" for name, count in outcome.counts.items() if name in nouns]
    return [
        f"report ({outcome.result}, edition {outcome.edition}): {shorten_path(outcome.page)}",
        f"ledger: {', '.join(held)}",
        f"answers: {shorten_headline(outcome.headline)}",
    ]


def shorten_headline(lines: Sequence[str]) -> str:
    """Put the first three answers on one line and say where the others are.

    >>> shorten_headline(["a", "b", "c", "d", "e"])
    'a; b; c; more in the report'
    """
    more = ["more in the report"] if len(lines) > 3 else []
    return "; ".join([*lines[:3], *more]) or "no source states a duration"


def shorten_path(path: str) -> str:
    """Write a path from the current folder when it lies below it."""
    try:
        return str(Path(path).relative_to(Path.cwd()))
    except ValueError:
        return path


def diff(options: argparse.Namespace) -> int:
    """Print what changed between two editions."""
    from howlong.report.changes import Change, compare_kept, count_kinds, tell_changes
    from howlong.report.run.history import choose_editions
    from howlong.sources import find_review
    from howlong.tables import to_records

    review = find_review(options.review)
    first, second = choose_editions(review, options.first, options.second)
    table, names = compare_kept(review, first, second)
    changes = to_records(table, Change)
    if options.json:
        for change in changes:
            print(json.dumps(asdict(change), ensure_ascii=False))
        return 0
    print(f"edition {first} to edition {second}: {count_kinds(changes)}")
    for told in tell_changes(changes, names, most=len(changes)):
        print(f"{told.what.rstrip('.')}. Because of: {told.cause}")
    return 0


def restore(options: argparse.Namespace) -> int:
    """Lay out what an edition was made of, and say how to make it again."""
    from howlong.report.run.archive import describe_restored, restore_edition
    from howlong.sources import find_review

    review = find_review(options.review)
    record = restore_edition(review, options.number, Path(options.folder))
    for line in describe_restored(review, record, Path(options.folder)):
        print(line)
    return 0


def extract(options: argparse.Namespace) -> int:
    """Print the amounts of each file; a file that cannot be read is named, and the others are still read."""
    from howlong.claims import load_codebook

    codebook = load_codebook(Path(options.codebook) if options.codebook else None)
    status = 0
    for name in options.files:
        try:
            text = read_text(name)
        except InputError as error:
            print(error, file=sys.stderr)
            status = WRONG_INPUT
            continue
        for described in describe_amounts(Path(name).name, text, codebook):
            if not options.codebook:
                described |= {"outcome": None, "region": None}
            print(json.dumps(described, ensure_ascii=False))
    return status


def read_text(name: str) -> str:
    """Read one text, "-" from standard input."""
    from howlong.sources import decode_text

    if name == "-":
        return decode_text(sys.stdin.buffer.read(), "standard input")
    return decode_text(read_bytes(Path(name), "Name a text file, or - for standard input."), name)


def describe_amounts(source: str, text: str, codebook: Codebook) -> Iterator[dict[str, Any]]:
    """Yield every amount of a text with its coding, and every exclusion with its reason, in the order of the text."""
    from howlong.claims import code_text
    from howlong.quantities import Exclusion, find_quantities
    from howlong.sources import Document, Passages

    passages = Passages(text)
    found = find_quantities(text, passages)
    claims = code_text(Document(source, source, text, passages), found, codebook)
    rows: list[Claim | Exclusion] = [*claims, *(item for item in found if isinstance(item, Exclusion))]
    for item in sorted(rows, key=lambda item: (item.start, item.end)):
        kind = "excluded" if isinstance(item, Exclusion) else item.kind
        described = {name: getattr(item, name, None) for name in AMOUNT_KEYS}
        yield {name: shorten(value) for name, value in (described | {"source": source, "kind": kind}).items()}


def shorten(value: Any) -> Any:
    """Write a whole number without a decimal point.

    >>> shorten(3.0), shorten((12.0, 0.5)), shorten(None)
    (3, [12, 0.5], None)
    """
    if isinstance(value, tuple):
        return [shorten(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def validate(options: argparse.Namespace) -> int:
    """Check seeds and notebooks, print what could be better, and fail for what is wrong."""
    from howlong.report.run.validation import validate_review

    for line in validate_review(options.review):
        print(line)
    return 0
