"""Drive one run: check, fingerprint, stage, execute, verify, publish, and say in plain words what came of it.

Law: a run ends in one of four ways, which are its exit statuses: 0 published or unchanged, 1 the run failed, 2 something
that a person wrote is wrong, 3 published with something left out.
"""

from __future__ import annotations

import contextlib
import datetime
import errno
import json
import os
import shutil
import signal
import socket
import sys
import threading
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from howlong import INTERRUPTED
from howlong.report.run.edition import CHANGES, PACKAGE, Edition, Origin, find_damage, read_edition, trace_origin
from howlong.report.run.execution import RunError, Stage, execute_notebooks
from howlong.report.run.finishing import open_finisher
from howlong.report.run.history import EDITIONS, check_keep, hash_content, place_edition, state_date, write_origin
from howlong.report.run.kernels import Kernels, open_kernels
from howlong.report.run.parameters import check_parameters, gather_given, list_notebooks, read_default
from howlong.report.run.publication import JOURNAL, check_writable, finish_publication, plan_publication, publish, sweep
from howlong.report.run.reuse import find_kept, find_keys, keep_steps, record_steps
from howlong.report.run.verification import PAGE, list_orphans, read_cells, verify_stage
from howlong.sources import find_review, open_memory
from howlong.tables import InputError, write_text

PUBLISHED, FAILED, WRONG_INPUT, LEFT_OUT = 0, 1, 2, 3
STAGING = "reports/.staging"
LOCK = ".howlong.lock"
TIME_LIMIT = 600


@dataclass(frozen=True)
class Request:
    """What a person asks of a run.

    Attributes
    ----------
    review : str
        The review's folder; empty: the one that is stood in.
    parameters : mapping of str to str, or sequence of pairs
        Names and values as typed.
    force : bool
        Run everything although nothing changed.
    strict : bool
        Fail, and publish nothing, when something would be left out.
    time_limit : int
        How long one cell may take, in seconds.
    keep : int
        How many editions the history keeps; 0: all.
    """

    review: str = ""
    parameters: Mapping[str, str] | Sequence[Sequence[str]] = field(default_factory=dict)
    force: bool = False
    strict: bool = False
    time_limit: int = TIME_LIMIT
    keep: int = 0


@dataclass(frozen=True)
class Outcome:
    """How a run ended.

    Attributes
    ----------
    status : int
        The exit status.
    result : str
        "published", "unchanged" or "failed".
    message : str
        One line: what went wrong or is left out; else "".
    edition : int
        The number of the edition that stands; 0 when the run failed.
    page : str
        Where the report is, if there is one.
    seconds : float
        How long the run took.
    counts : dict
        The counts of the ledger.
    headline : list of str
        The answers in one line each.
    changed : list of str
        The published files that differ from those before the run; the history does not count.
    changes : dict
        How many differences of each kind a new edition has from the one before, such as {"claim added": 2}.
    """

    status: int
    result: str
    message: str = ""
    edition: int = 0
    page: str = ""
    seconds: float = 0.0
    counts: dict[str, int] = field(default_factory=dict)
    headline: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    changes: dict[str, int] = field(default_factory=dict)


def say(line: str) -> None:
    """Write one line for the person who watches; results go to standard output, this does not."""
    print(line, file=sys.stderr, flush=True)


def run_report(request: Request) -> Outcome:
    """Make the report of a review, unless it is made already.

    Parameters
    ----------
    request : Request
        Which review, with which parameters.

    Returns
    -------
    Outcome
        How it ended; nothing is raised for what a person or the machine did wrong.
    """
    began = time.monotonic()
    review: Path | None = None
    try:
        review = find_review(request.review)
        with stop_cleanly():
            outcome = regenerate(review, request)
    except InputError as error:
        outcome = Outcome(WRONG_INPUT, "failed", str(error))
    except RunError as error:
        outcome = Outcome(FAILED, "failed", str(error))
    except KeyboardInterrupt:
        outcome = Outcome(FAILED, "failed", INTERRUPTED)
    except OSError as error:
        outcome = Outcome(FAILED, "failed", describe_trouble(error, review))
    except Exception as error:
        outcome = Outcome(FAILED, "failed", describe_fault(error))
    outcome = Outcome(**{**asdict(outcome), "seconds": round(time.monotonic() - began, 2)})
    if review:
        write_heartbeat(review, outcome)
    return outcome


@contextlib.contextmanager
def stop_cleanly() -> Iterator[None]:
    """Let a scheduler's request to end (SIGTERM) end the run as Ctrl-C does: kernels stopped, the stage removed."""

    def interrupt(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def describe_trouble(error: OSError, review: Path | None) -> str:
    """Say in one line what the system would not do."""
    hints = {
        errno.ENOSPC: "Free some room",
        errno.EDQUOT: "Free some room",
        errno.EROFS: "Mount it for writing",
        errno.EACCES: "Give leave to read and write",
        errno.EPERM: "Give leave to read and write",
    }
    hint = hints.get(error.errno or 0, "Look at the system")
    return f"{error.filename or review or 'the disk'}: {error.strerror or error}. {hint} and run again; a publication that had begun is finished first."


def describe_fault(error: Exception) -> str:
    """Say in one line where the program itself is wrong, or which package its environment lacks."""
    if isinstance(error, ModuleNotFoundError) and error.name and not error.name.startswith("howlong"):
        return f"environment: must have the package {error.name!r}, has not. Run make report, or install requirements/report.txt. What is published stays as it was."
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(frame.filename).name} line {frame.lineno}"
    message = " ".join(str(error).split()) or "no message"
    return f"howlong: {type(error).__name__} in {place}: {message.rstrip('.')}. What is published stays as it was; report this line."


def find_notebooks(review: Path) -> list[Path]:
    """Return the review's notebooks, or the project's own when it has none."""
    if (review / "notebooks").is_dir():
        return list_notebooks(review / "notebooks")
    own = PACKAGE.parent / "notebooks"
    if not own.is_dir():
        raise InputError(
            f"{review}: must hold notebooks/, does not, and howlong was installed without its own. Copy the project's notebooks/ there."
        )
    say(f"notebooks: {review.name} has none of its own, the project's are used")
    return list_notebooks(own)


def regenerate(review: Path, request: Request) -> Outcome:
    """Publish a new edition, or find that the published one is still right."""
    check_keep(request.keep)
    check_time_limit(request.time_limit)
    notebooks = find_notebooks(review)
    values = check_parameters(notebooks, gather_given(request.parameters))
    origin = trace_origin(review, notebooks, values)
    previous = read_edition(review)
    if previous and is_current(review, previous, origin, request):
        return conclude(review, previous, previous, request.strict)
    check_writable(review)
    with lock_review(review):
        sweep(review)
        stage = Stage(review, review / STAGING)
        if finish_publication(stage):
            say("published: what an earlier run had made and could not finish publishing")
            previous = read_edition(review)
            if previous and is_current(review, previous, origin, request):
                return conclude(review, previous, previous, request.strict)
        try:
            made = make_edition(stage, notebooks, values, origin, request)
        finally:
            if not (stage.folder / JOURNAL).exists():
                shutil.rmtree(stage.folder, ignore_errors=True)
    return conclude(review, made, previous, request.strict, "published")


def check_time_limit(seconds: int) -> None:
    """Check that a cell may take some time.

    Raises
    ------
    InputError
        When it may not.
    """
    if seconds < 1:
        raise InputError(f"--time-limit: must be at least 1 second, is {seconds}. Name how long one cell may take.")


def is_current(review: Path, edition: Edition, origin: Origin, request: Request) -> bool:
    """Tell whether an edition is whole and made of just this; say so when it is not whole."""
    if request.force or edition.origin.fingerprint != origin.fingerprint:
        return False
    damage = find_damage(review, edition)
    if damage:
        say(f"healing: {damage[0]} is not the file that was published ({len(damage)} in all)")
    return not damage


def make_edition(
    stage: Stage, notebooks: list[Path], values: Mapping[str, Any], origin: Origin, request: Request
) -> Edition:
    """Execute, verify and publish."""
    keys = find_keys(origin, notebooks)
    published = read_edition(stage.review)
    kept = [] if request.force else find_kept(stage.review, published, keys)
    running = [path for path in notebooks if path.name not in kept]
    with open_kernels(stage.review, running) as kernels:
        check_seeds(stage.review, values)
        prepare_stage(stage, origin)
        if published and kept:
            say(f"kept: {', '.join(kept)}, for nothing they read has changed")
            keep_steps(stage, published, kept)
        memory = open_memory(stage.review)
        if request.force:
            memory.forget()
        known = memory.names()
        written = run_notebooks(stage, notebooks, running, values, request.time_limit, kernels)
    tell_read(known, memory.names())
    counts = verify_stage(stage, notebooks)
    left_out = list_left_out(list_orphans(stage, values.get("leave_out", ())))
    if left_out and request.strict:
        raise RunError(f"{left_out[0]} Nothing was published, for --strict was asked.")
    check_unmoved(origin, trace_origin(stage.review, notebooks, values))
    as_of = state_date(values.get("as_of", read_default(notebooks, "as_of")))
    place = place_edition(stage.review, origin, as_of, hash_content(stage.out))
    plan = {path: name for name, path in plan_publication(stage).items()}
    steps = record_steps(keys, {name: published.steps[name] for name in kept} if published else {}, written, plan)
    described = (place.number, as_of, place.previous, origin, counts, read_headline(stage), left_out, steps)
    return publish(stage, Edition(*described), notebooks, request.keep)


def prepare_stage(stage: Stage, origin: Origin) -> None:
    """Make an empty staging folder that names its run."""
    for folder in (stage.folder, stage.review / "reports" / "failed"):
        shutil.rmtree(folder, ignore_errors=True)
    stage.folder.mkdir(parents=True)
    write_text(stage.folder / "running.json", json.dumps({"process": os.getpid(), "machine": socket.gethostname()}))
    write_origin(stage.folder, origin)


def run_notebooks(
    stage: Stage,
    notebooks: list[Path],
    running: list[Path],
    values: Mapping[str, Any],
    time_limit: int,
    kernels: Kernels,
) -> dict[str, list[str]]:
    """Execute the notebooks that have to run, finish all of them, and return the files that each one wrote."""
    written = {}
    with open_finisher(stage, notebooks) as finish:
        for path in notebooks:
            if path not in running:
                finish(path)
        for path, files in execute_notebooks(stage, running, values, time_limit, kernels):
            written[path.name] = files
            finish(path)
    return written


def tell_read(before: set[str], after: set[str]) -> None:
    """Say how many documents were read, where others were not."""
    texts, new = ({name.partition("-")[0] for name in names} for names in (after, after - before))
    if new and len(new) < len(texts):
        say(f"read: {len(new)} document{'s' if len(new) > 1 else ''}; of the others nothing has changed")


def check_unmoved(origin: Origin, now: Origin) -> None:
    """Check that nothing changed under a run.

    Raises
    ------
    RunError
        Naming the part that changed.
    """
    after = asdict(now)
    moved = [part for part, before in asdict(origin).items() if after[part] != before]
    if moved:
        raise RunError(
            f"{moved[0]}: must stay as it is while a run reads it, changed. Nothing was published; run again."
        )


def list_left_out(orphans: int) -> list[str]:
    """Say what the report does without."""
    if not orphans:
        return []
    subject = "1 verdict finds its claim" if orphans == 1 else f"{orphans} verdicts find their claims"
    return [f"verdicts: {subject} no longer; see data/orphans.csv. Judge anew, or withdraw it in seeds/verdicts.csv."]


def read_headline(stage: Stage) -> list[str]:
    """Return the answers in one line each, as the page words them."""
    from howlong.claims import read_review
    from howlong.report.page import headline
    from howlong.spread import Stratum
    from howlong.tables import read_table

    return list(headline(read_table(stage.out / "spread.csv", Stratum), read_review(stage.review)))


def check_seeds(review: Path, values: Mapping[str, Any]) -> None:
    """Read everything that people wrote once, so that a mistake shows before a kernel starts.

    Raises
    ------
    InputError
        For the first mistake.
    """
    from howlong.claims import read_codebook, read_review
    from howlong.durations import parse_only, read_vague_words
    from howlong.sources import read_sources
    from howlong.verdicts import read_verdicts

    read_sources(review, values.get("leave_out", ()))
    parse_only(values.get("only", ""))
    for read in (read_review, read_codebook, read_vague_words, read_verdicts):
        read(review)


def conclude(
    review: Path, edition: Edition, previous: Edition | None, strict: bool, result: str = "unchanged"
) -> Outcome:
    """Describe an edition that stands; what failed before it is kept no longer."""
    shutil.rmtree(review / "reports" / "failed", ignore_errors=True)
    before = previous.files if previous else {}
    named = {name for name in before if not name.startswith(EDITIONS)} | set(
        edition.files
    )  # records stay, named or not
    changed = [name for name in sorted(named) if before.get(name) != edition.files.get(name)]
    status = (FAILED if strict else LEFT_OUT) if edition.left_out else PUBLISHED
    return Outcome(
        status=status,
        result=result,
        message=" ".join(edition.left_out),
        page=str(review / "reports" / PAGE),
        edition=edition.number,
        counts=edition.counts,
        headline=edition.headline,
        changed=changed,
        changes=count_changes(review) if previous and previous.number != edition.number else {},
    )


def count_changes(review: Path) -> dict[str, int]:
    """Count the differences that the published table of changes lists, by what they are about and their kind."""
    rows = read_cells(review / CHANGES)
    return dict(sorted(Counter(f"{row['about']} {row['kind']}" for row in rows).items()))


@contextlib.contextmanager
def lock_review(review: Path) -> Iterator[None]:
    """Hold the review for one run.

    Raises
    ------
    RunError
        When another run holds it, naming that run.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(review / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise RunError(
            f"{review.name}: must be run by one at a time, {name_holder(review)} runs it now. Wait for it to end."
        ) from None
    try:
        yield
    finally:
        lock.release()


def name_holder(review: Path) -> str:
    """Name the run that holds a review."""
    try:
        holder = json.loads((review / STAGING / "running.json").read_text(encoding="utf-8"))
        return f"process {holder['process']} on {holder['machine']}"
    except (OSError, ValueError, KeyError):
        return "another process"


def write_heartbeat(review: Path, outcome: Outcome) -> None:
    """Leave ``reports/last-run.json`` for monitors: clock, seconds, result.  The only file of a run that has a clock."""
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    described = {"ended": now, **asdict(outcome)}
    with contextlib.suppress(OSError):
        write_text(review / "reports" / "last-run.json", json.dumps(described, indent=2, ensure_ascii=False) + "\n")
