"""The commands read arguments, print results on standard output and everything else on standard error."""

from __future__ import annotations

import io
import json
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tiny_review import make_review, pretend, write_notebook

from howlong.cli import AMOUNT_KEYS, describe_outcome, main, shorten
from howlong.report.run import Outcome
from howlong.report.run.doubts import find_doubts

ROOT = Path(__file__).resolve().parent.parent
TEXT = "Relief lasts 3 to 7 days after a single infusion, and in 12 of 20 patients several weeks.\n\nSee Figure 2.\n"


def read_lines(printed: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in printed.splitlines()]


@pytest.fixture
def text_file(tmp_path: Path) -> Path:
    path = tmp_path / "one.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


# --- extract ------------------------------------------------------------------------------------------------------------


def test_extract_prints_one_object_a_line_in_the_order_of_the_text(
    text_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["extract", str(text_file)]) == 0
    rows = read_lines(capsys.readouterr().out)
    assert [set(row) for row in rows] == [set(AMOUNT_KEYS)] * len(rows)
    assert [row["start"] for row in rows] == sorted(row["start"] for row in rows)  # type: ignore[type-var]
    assert all(TEXT[row["start"] : row["end"]] == row["quote"] for row in rows)  # type: ignore[misc]
    assert {row["source"] for row in rows} == {"one.txt"}


def test_extract_keeps_both_ends_of_a_range_as_numbers(text_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["extract", str(text_file)])
    first = read_lines(capsys.readouterr().out)[0]
    assert (first["kind"], first["low"], first["high"], first["unit"]) == ("duration", 3, 7, "day")
    assert isinstance(first["low"], int)


def test_extract_gives_a_reason_for_what_is_no_amount(text_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["extract", str(text_file)])
    excluded = [row for row in read_lines(capsys.readouterr().out) if row["kind"] == "excluded"]
    assert [row["quote"] for row in excluded if row["reason"] and row["low"] is None]


def test_outcome_and_region_are_null_without_a_codebook(text_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["extract", str(text_file)])
    amounts = [row for row in read_lines(capsys.readouterr().out) if row["kind"] != "excluded"]
    assert {(row["outcome"], row["region"]) for row in amounts} == {(None, None)}
    assert all(row["role"] and row["regimen"] and row["population"] for row in amounts)


def test_a_codebook_adds_outcome_and_region(text_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(text_file), "--codebook", str(ROOT / "seeds" / "codebook.toml")]) == 0
    amounts = [row for row in read_lines(capsys.readouterr().out) if row["kind"] != "excluded"]
    assert all(isinstance(row["outcome"], str) and isinstance(row["region"], str) for row in amounts)


def test_extract_reads_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode()), encoding="utf-8"))
    assert main(["extract", "-"]) == 0
    assert {row["source"] for row in read_lines(capsys.readouterr().out)} == {"-"}


@pytest.mark.parametrize(
    ("content", "hint"),
    [
        (None, "bad.txt: must be a readable file, is not there. Name a text file"),
        (b"caf\xe9 3 days", "must be UTF-8, byte 3 is 0xe9 in line 1"),
        (b"<!doctype html><p>3 days", "bad.txt: must be plain text, looks like HTML"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_line_and_the_others_are_read(
    text_file: Path, capsys: pytest.CaptureFixture[str], content: bytes | None, hint: str
) -> None:
    bad = text_file.parent / "bad.txt"
    if content is not None:
        bad.write_bytes(content)
    assert main(["extract", str(bad), str(text_file)]) == 2
    printed = capsys.readouterr()
    assert hint in printed.err
    assert len(printed.err.splitlines()) == 1
    assert read_lines(printed.out)


def test_a_codebook_that_is_not_there_is_one_line(text_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(text_file), "--codebook", "/nowhere"]) == 2
    line = "/nowhere: must be a readable file, is not there. Add the codebook, or mend its name.\n"
    assert capsys.readouterr().err == line


def test_an_empty_text_has_no_amounts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.txt").write_text("")
    assert main(["extract", str(tmp_path / "empty.txt")]) == 0
    assert capsys.readouterr().out == ""


def test_extract_needs_no_table_and_no_chart() -> None:
    script = "import sys\nfrom howlong.cli import main\nmain(['extract', '/dev/null'])\n"
    script += "print(sorted({'pandas', 'numpy', 'matplotlib', 'papermill'} & set(sys.modules)))"
    printed = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert printed.strip() == "[]"


def test_a_reader_that_stops_early_is_no_error(text_file: Path) -> None:
    text_file.write_text(TEXT * 2000, encoding="utf-8")
    command = f"{sys.executable} -m howlong extract {text_file} | head -1"
    result = subprocess.run(command, shell=True, capture_output=True, text=True)
    assert (len(result.stdout.splitlines()), result.stderr) == (1, "")


# --- report -------------------------------------------------------------------------------------------------------------


def test_report_ends_with_three_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pretend(monkeypatch)
    review = make_review(tmp_path)
    assert main(["report", "--review", str(review)]) == 0
    report, ledger, answers = capsys.readouterr().out.splitlines()
    assert report == f"report (published, edition 1): {review / 'reports' / 'review.html'}"
    assert ledger == "ledger: 1 document, 0 quantities, 0 exclusions, 0 unexplained"
    assert answers.startswith("answers: ")
    main(["report", "--review", str(review)])
    assert capsys.readouterr().out.startswith("report (unchanged, edition 1): ")


def test_report_prints_one_line_of_json_for_monitors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pretend(monkeypatch)
    review = make_review(tmp_path)
    assert main(["report", "--review", str(review), "--json"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    described = json.loads(line)
    assert (described["result"], described["status"], described["counts"]["documents"]) == ("published", 0, 1)
    assert "data/sources.csv" in described["changed"]


def test_a_failed_report_prints_its_line_on_standard_error_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", "--review", str(tmp_path / "nowhere")]) == 2
    printed = capsys.readouterr()
    assert (printed.out, len(printed.err.splitlines())) == ("", 1)


@pytest.mark.parametrize("second", ["wide", "narrow"])
def test_a_parameter_that_is_given_twice_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], second: str
) -> None:
    command = ["report", "--json", "--review", str(make_review(tmp_path)), "-p", "reading", "wide", "-p"]
    assert main([*command, "reading", second]) == 2
    printed = capsys.readouterr()
    assert (
        printed.err
        == f"parameter 'reading': must be given once, is given as 'wide' and as '{second}'. Leave one out.\n"
    )
    assert json.loads(printed.out)["status"] == 2


def test_a_time_limit_is_at_least_a_second(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "--review", str(make_review(tmp_path)), "--time-limit", "0"]) == 2
    assert capsys.readouterr().err.startswith("--time-limit: must be at least 1 second")


ODD = ["a b", "a$b", "it's", 'say "no"', "-dash", "a;b", "$(date)", "`date`", "a,b", "100%"]


@pytest.mark.skipif(not shutil.which("make"), reason="make is not there")
@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("target", ["report", "pdf"])
def test_make_hands_a_folder_s_name_on_as_it_was_typed(name: str, target: str) -> None:
    command = ["make", "--dry-run", "--no-print-directory", target, f"REVIEW={name}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    *_, last = shlex.split(done.stdout.strip().splitlines()[-1])
    assert last == (f"--review={name}" if target == "report" else name)


def test_the_answers_stand_on_one_line() -> None:
    outcome = Outcome(0, "published", page="/x/review.html", counts={"documents": 1}, headline=["a: 3 days", "b: gap"])
    assert describe_outcome(outcome)[1:] == ["ledger: 1 document", "answers: a: 3 days; b: gap"]


# --- validate and help --------------------------------------------------------------------------------------------------


def test_validate_accepts_this_review_and_names_doubts_one_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", "--review", str(ROOT)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "valid: seeds/ and 4 notebooks can be run"


DOUBTFUL = [
    ("open('/home/me/a.csv')", "an absolute path"),
    ("import random; random.random()", "random numbers without a seed (random.random)"),
    ("import numpy as np; np.random.rand(3)", "random numbers without a seed (np.random.rand)"),
    ("import numpy as np; np.random.default_rng()", "random numbers without a seed"),
    ("frame.sample(3)", "random numbers without a seed (frame.sample)"),
    ("exit()", "ends the notebook early"),
    ("quit", "ends the notebook early"),
    ("import datetime; datetime.datetime.now()", "asks the clock or chance"),
    ("claims.to_csv('mine.csv')", "writes (to_csv) elsewhere"),
    ("open('notes.txt', 'w').write('x')", "writes (open) elsewhere"),
    ("Path('seeds/x').write_text('x')", "writes (write_text) elsewhere"),
    ("!rm -r data", "a command of the shell"),
    ("Path('/srv/data/a.csv')", "an absolute path"),
    ("from random import shuffle; shuffle(names)", "random numbers without a seed (shuffle)"),
    ("from numpy.random import rand; rand(3)", "random numbers without a seed (rand)"),
    ("import time; time.time_ns()", "asks the clock or chance"),
    ("from pathlib import Path; Path.home()", "asks who runs it, or where (Path.home)"),
    ("import urllib.request; urllib.request.urlopen(x)", "asks the network"),
    ("pandas.read_csv('https://example.org/a.csv')", "asks the network (pandas.read_csv)"),
    ("import subprocess; subprocess.run(['ls'])", "runs a command (subprocess.run)"),
    ("input('Which?')", "waits for a person"),
    ("x = = 1", "is no Python"),
    ("reading = 'wide'", "sets the parameter 'reading' again"),
]
FINE = [
    "import random; random.seed(1); random.random()",
    "import numpy as np; np.random.default_rng(1).normal()",
    "frame.sample(3, random_state=1)",
    "claims.to_csv(shelf.out / 'mine.csv')",
    "open('notes.txt').read()",
    "claims.copy()",
    "claims.to_dict()",
    "from random import seed, shuffle; seed(1); shuffle(names)",
    "pandas.read_csv(shelf.out / 'a.csv')",
    "print('a share of 3/4, 5 mg/kg')",
    "claims.head?",
    "# a remark",
]


@pytest.mark.parametrize(("source", "doubt"), DOUBTFUL, ids=[case[0] for case in DOUBTFUL])
def test_validate_names_what_a_notebook_should_not_hold(tmp_path: Path, source: str, doubt: str) -> None:
    review = make_review(tmp_path, source)
    (line,) = find_doubts(review / "notebooks" / "02-claims.ipynb")
    assert line.startswith("02-claims.ipynb cell 2 (")
    assert doubt in line


@pytest.mark.parametrize("source", FINE)
def test_validate_has_no_doubt_about_what_a_run_can_repeat(tmp_path: Path, source: str) -> None:
    assert list(find_doubts(make_review(tmp_path, source) / "notebooks" / "02-claims.ipynb")) == []


def test_validate_wants_one_tagged_cell_of_parameters(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = make_review(tmp_path) / "notebooks" / "02-claims.ipynb"
    path.write_text(path.read_text().replace('"parameters"', '"other"'))
    assert main(["validate", "--review", str(tmp_path)]) == 2
    assert "02-claims.ipynb: must have one cell tagged 'parameters', has 0" in capsys.readouterr().err


def test_validate_names_outputs_that_were_left_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = make_review(tmp_path) / "notebooks" / "02-claims.ipynb"
    notebook = json.loads(path.read_text())
    notebook["cells"][1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "2"}]
    path.write_text(json.dumps(notebook))
    assert main(["validate", "--review", str(tmp_path)]) == 0
    assert "02-claims.ipynb cell 2 ('1 + 1'): holds outputs" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('reading: str = "bse"  # how: narrow, base or wide', "narrow, base, wide, is 'bse'. Did you mean 'base'?"),
        ('rounds: int = "three"  # how many', "'rounds' must be a whole number, as its line says, is 'three'"),
        ("share: float = True  # a share", "'share' must be a number, as its line says, is True"),
        ("rounds: int = 30  # how many, from 1 to 10", "'rounds' must be from 1 to 10, is 30"),
        ('as_of: str = "soon"  # the date, such as 2026-11-01', "'as_of' must be a date such as 2026-11-01, is 'soon'"),
        ("rounds: int = count()", "must be a plain value, is 'count()'"),
    ],
)
def test_validate_holds_a_default_to_its_own_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, message: str
) -> None:
    write_notebook(make_review(tmp_path), "02-claims", "1", line)
    assert main(["validate", "--review", str(tmp_path)]) == 2
    printed = capsys.readouterr().err
    assert (len(printed.splitlines()), printed.startswith("02-claims.ipynb: the default of ")) == (1, True)
    assert message in printed


def test_validate_names_a_cue_that_stands_under_two_codes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    review = make_review(tmp_path)
    cues = '[outcome.mood]\ncues = ["mood", "Sleep"]\n[outcome.rest]\ncues = ["sleep"]\nweak = ["nap", "nap"]\n'
    (review / "seeds" / "codebook.toml").write_text(cues, encoding="utf-8")
    assert main(["validate", "--review", str(review)]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert "codebook.toml: the cue 'sleep' stands under outcome 'mood' and 'rest'; keep it where it is meant" in printed
    assert "codebook.toml: the cue 'nap' stands twice under outcome 'rest'; keep it where it is meant" in printed


def test_validate_stops_at_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    review = make_review(tmp_path)
    (review / "seeds" / "sources.csv").write_text("source_id,file\nA,two.txt\n")
    assert main(["validate", "--review", str(review)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    printed = capsys.readouterr().out
    assert all(command in printed for command in ("report", "diff", "restore", "extract", "validate"))


def test_an_unknown_command_is_the_callers_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["reprot"])
    assert ended.value.code == 2
    capsys.readouterr()


def test_an_interrupted_command_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(options: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("howlong.cli.validate", interrupt)
    assert main(["validate", "--review", str(ROOT)]) == 1
    assert capsys.readouterr().err == "interrupted. What is published stays as it was.\n"


INTERRUPTED_IMPORT = """
import os, signal, sys
class Interrupt:
    def find_spec(self, name, *_):
        if name == "howlong.tables":
            os.kill(os.getpid(), signal.{name})
sys.meta_path.insert(0, Interrupt())
from howlong.__main__ import main
sys.exit(main())
"""


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_command_interrupted_while_it_loads_is_one_line(name: str) -> None:
    command = [sys.executable, "-c", INTERRUPTED_IMPORT.format(name=name), "validate"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "interrupted. What is published stays as it was.\n")


def test_validate_names_a_verdict_on_no_source(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    review = make_review(tmp_path)
    rows = "claim_id,source_id,quote,decision,analyst\n1a,A,3 days,accept,AB\n1b,Z,3 days,accept,AB\n"
    (review / "seeds" / "verdicts.csv").write_text(rows, encoding="utf-8")
    assert main(["validate", "--review", str(review)]) == 0
    doubts = [line for line in capsys.readouterr().out.splitlines() if line.startswith("verdicts.csv")]
    assert doubts == [
        "verdicts.csv line 3: source_id 'Z' is no source of sources.csv, so the verdict finds no claim; mend the row"
    ]


def test_whole_numbers_are_written_without_a_point() -> None:
    assert shorten((12.0, 0.5)) == [12, 0.5]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
def test_output_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    """A full disk behind a redirection is told in one line, with the status of a failure."""
    (tmp_path / "a.txt").write_text("It lasts 3 days. " * 2000, encoding="utf-8")
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "howlong", "extract", str(tmp_path / "a.txt")],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (1, 1) == (done.returncode, done.stderr.count("\n"))
    assert "No space left" in done.stderr
