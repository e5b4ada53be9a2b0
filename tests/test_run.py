"""The run publishes a whole edition or leaves the last one as it was, and says which."""

from __future__ import annotations

import csv
import errno
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from filelock import FileLock
from tiny_review import (
    PAGE,
    PARAMETERS,
    make_review,
    prepare_tables,
    pretend,
    read_published,
    write_notebook,
)

from howlong.report.run import Request, driver, kernels, run_report
from howlong.report.run.edition import hash_notebook, read_edition
from howlong.report.run.execution import RunError, read_error
from howlong.report.run.finishing import clean_text
from howlong.report.run.kernels import isolate_environment
from howlong.report.run.parameters import check_parameters, parse_list, read_parameters
from howlong.report.run.publication import JOURNAL, finish_publication
from howlong.report.run.verification import describe_tables, list_record_types, verify_page
from howlong.tables import InputError


@pytest.fixture
def review(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tiny review whose notebooks are not really executed."""
    pretend(monkeypatch)
    return make_review(tmp_path / "review")


def ask(review: Path, **options: object) -> driver.Outcome:
    return run_report(Request(review=str(review), **options))  # type: ignore[arg-type]


def count_lines(message: str) -> int:
    return len(message.strip().splitlines())


# --- one way through --------------------------------------------------------------------------------------------------


def test_a_first_run_publishes_tables_page_and_notebooks(review: Path) -> None:
    outcome = ask(review)
    assert (outcome.status, outcome.result, outcome.message) == (0, "published", "")
    published = set(read_published(review))
    assert {"data/sources.csv", "data/spread.csv", "data/datapackage.json", "reports/review.html"} <= published
    assert {
        "reports/notebooks/01-sources.ipynb",
        "reports/notebooks/01-sources.html",
        "reports/edition.json",
    } <= published
    assert outcome.counts["documents"] == 1
    assert outcome.counts["unexplained"] == 0
    assert not (review / "reports" / ".staging").exists()


def test_a_second_run_touches_nothing_and_says_unchanged(review: Path) -> None:
    ask(review)
    before = {name: (review / name).stat().st_mtime_ns for name in read_published(review)}
    assert ask(review).result == "unchanged"
    assert {name: (review / name).stat().st_mtime_ns for name in read_published(review)} == before


def test_a_forced_run_leaves_the_same_bytes(review: Path) -> None:
    ask(review)
    before = read_published(review)
    outcome = ask(review, force=True)
    assert (outcome.result, outcome.changed) == ("published", [])
    assert read_published(review) == before


@pytest.mark.parametrize("name", ["seeds/review.toml", "seeds/documents/one.txt", "notebooks/03-durations.ipynb"])
def test_a_changed_input_makes_a_new_edition(review: Path, name: str) -> None:
    ask(review)
    path = review / name
    path.write_text(
        path.read_text().replace("How long", "How very long").replace("here.", "there.").replace("1 + 1", "2")
    )
    (review / "seeds" / "prepared" / "01-sources-sources.csv").unlink()
    from tiny_review import prepare_tables

    prepare_tables(review)
    assert ask(review).result == "published"


def test_outputs_left_in_a_notebook_are_no_change(review: Path) -> None:
    path = review / "notebooks" / "01-sources.ipynb"
    before = hash_notebook(path)
    notebook = json.loads(path.read_text())
    notebook["cells"][1] |= {
        "outputs": [{"output_type": "stream", "name": "stdout", "text": "x"}],
        "execution_count": 7,
    }
    path.write_text(json.dumps(notebook))
    assert hash_notebook(path) == before


@pytest.mark.parametrize("damage", ["remove", "truncate"])
def test_a_damaged_published_file_is_healed(review: Path, damage: str, capsys: pytest.CaptureFixture[str]) -> None:
    ask(review)
    before = read_published(review)
    path = review / "data" / "claims.csv"
    path.unlink() if damage == "remove" else path.write_text("")
    assert ask(review).result == "published"
    assert read_published(review) == before
    assert "healing: data/claims.csv" in capsys.readouterr().err


def test_a_table_that_is_no_longer_made_is_removed(review: Path) -> None:
    extra = review / "seeds" / "prepared" / "03-durations-mine.csv"
    extra.write_text("a,b\n1,2\n")
    ask(review)
    assert (review / "data" / "mine.csv").exists()
    assert "mine.csv" in (review / "data" / "datapackage.json").read_text()
    extra.unlink()
    ask(review)
    assert not (review / "data" / "mine.csv").exists()


def test_a_review_without_notebooks_uses_the_projects_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    review = make_review(tmp_path / "other")
    for path in (review / "notebooks").iterdir():
        path.unlink()
    (review / "notebooks").rmdir()
    assert [path.stem for path in driver.find_notebooks(review)][:1] == ["01-sources"]
    assert "the project's are used" in capsys.readouterr().err


def test_the_heartbeat_holds_clock_seconds_and_result(review: Path) -> None:
    ask(review)
    beat = json.loads((review / "reports" / "last-run.json").read_text())
    assert {"ended", "seconds", "result", "status", "counts"} <= set(beat)


def test_nothing_published_holds_a_clock_or_the_folder(review: Path) -> None:
    ask(review)
    for name, content in read_published(review).items():
        assert str(review).encode() not in content, name
        if "/inputs/" not in name:  # copies of what people wrote
            assert time.strftime("%Y-%m", time.gmtime()).encode() not in content, name


# --- left out -----------------------------------------------------------------------------------------------------------


def add_orphan(review: Path, source_id: str = "x") -> None:
    path = review / "seeds" / "prepared" / "02-claims-orphans.csv"
    header = path.read_text().strip().split(",")
    path.write_text(
        ",".join(header)
        + "\n"
        + ",".join({"line": "2", "source_id": source_id}.get(name, "x") for name in header)
        + "\n"
    )


def test_an_orphaned_verdict_is_published_with_status_3(review: Path) -> None:
    add_orphan(review)
    outcome = ask(review)
    assert (outcome.status, outcome.result) == (3, "published")
    assert "1 verdict finds its claim no longer" in outcome.message
    assert (ask(review).status, ask(review).result) == (3, "unchanged")


def test_a_verdict_on_a_source_that_was_left_out_is_no_orphan_to_be_alarmed_by(review: Path) -> None:
    (review / "seeds" / "documents" / "two.txt").write_text("Nothing either.\n")
    (review / "seeds" / "sources.csv").write_text("source_id,file\nA,one.txt\nB,two.txt\n")
    prepare_tables(review)
    add_orphan(review, source_id="A")
    assert ask(review).status == 3
    outcome = ask(review, parameters={"leave_out": "A"})
    assert (outcome.message, outcome.status, outcome.counts["orphans"]) == ("", 0, 1)
    assert ask(review, parameters={"leave_out": "A"}, strict=True).status == 0


def test_strict_publishes_nothing_that_leaves_something_out(review: Path) -> None:
    ask(review)
    before = read_published(review)
    add_orphan(review)
    outcome = ask(review, strict=True)
    assert (outcome.status, outcome.result) == (1, "failed")
    assert read_published(review) == before


# --- bad input: one line, status 2, the last edition whole ---------------------------------------------------------------


def spoil_sources(review: Path) -> None:
    (review / "seeds" / "sources.csv").write_text("source_id,file\nA,one.txt\nA,one.txt\n")


def spoil_missing_row(review: Path) -> None:
    (review / "seeds" / "documents" / "two.txt").write_text("More.\n")


def spoil_encoding(review: Path) -> None:
    (review / "seeds" / "documents" / "one.txt").write_bytes(b"caf\xe9")


def spoil_empty(review: Path) -> None:
    (review / "seeds" / "documents" / "one.txt").write_bytes(b"")


def spoil_facet(review: Path) -> None:
    (review / "seeds" / "codebook.toml").write_text('[colour.red]\ncues = ["red"]\n')


def spoil_toml(review: Path) -> None:
    (review / "seeds" / "codebook.toml").write_text("[outcome\n")


def spoil_words(review: Path) -> None:
    own = Path(driver.PACKAGE) / "vocabulary" / "vague-words.csv"
    rows = list(csv.reader(own.read_text(encoding="utf-8").splitlines()))
    at = {name: number for number, name in enumerate(rows[0])}
    low, high = next(name for name in at if "low" in name), next(name for name in at if "high" in name)
    row = next(row for row in rows[1:] if row[at[low]] and row[at[high]])
    row[at[low]], row[at[high]] = "9", "2"
    text = "\n".join(",".join(f'"{cell}"' for cell in cells) for cells in (rows[0], row))
    (review / "seeds" / "vague-words.csv").write_text(text + "\n", encoding="utf-8")


def spoil_verdicts(review: Path) -> None:
    (review / "seeds" / "verdicts.csv").write_text("claim,decision\nx,y\n")


def spoil_notebook(review: Path) -> None:
    write_notebook(review, "03-durations", "1", PARAMETERS.replace('"base"', '"wide"'))


def spoil_tag(review: Path) -> None:
    path = review / "notebooks" / "03-durations.ipynb"
    path.write_text(path.read_text().replace('"parameters"', '"other"'))


SPOILED = [
    spoil_sources,
    spoil_missing_row,
    spoil_encoding,
    spoil_empty,
    spoil_facet,
    spoil_toml,
    spoil_words,
    spoil_verdicts,
    spoil_notebook,
    spoil_tag,
]


@pytest.mark.parametrize("spoil", SPOILED, ids=lambda spoil: spoil.__name__)
def test_what_a_person_wrote_wrong_is_one_line_before_any_kernel(
    review: Path, spoil: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(review)
    before = read_published(review)
    spoil(review)  # type: ignore[operator]
    monkeypatch.setattr(driver, "execute_notebooks", lambda *arguments: pytest.fail("a kernel would have started"))
    outcome = ask(review)
    assert (outcome.status, outcome.result, count_lines(outcome.message)) == (2, "failed", 1)
    assert ": " in outcome.message
    assert read_published(review) == before


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("reeding", "wide", "Did you mean 'reading'?"),
        ("reading", "wider", "Did you mean 'wide'?"),
        ("rounds", "few", "must be a whole number"),
        ("review", "x", "--review"),
        ("leave_out", "B", "must be a source"),
        ("leave_out", "[A", "must be a list"),
    ],
)
def test_a_wrong_parameter_is_one_line_with_the_nearest_right_one(
    review: Path, name: str, value: str, hint: str
) -> None:
    outcome = ask(review, parameters={name: value})
    assert (outcome.status, count_lines(outcome.message)) == (2, 1)
    assert hint in outcome.message


def test_a_folder_that_is_no_review_is_named(tmp_path: Path) -> None:
    outcome = ask(tmp_path / "nowhere")
    assert outcome.status == 2
    assert "nowhere" in outcome.message


def test_values_get_the_types_of_their_parameters(review: Path) -> None:
    notebooks = sorted((review / "notebooks").iterdir())
    given = {"leave_out": "A, B", "rounds": "4", "reading": "wide"}
    assert check_parameters(notebooks, given) == {"leave_out": ["A", "B"], "rounds": 4, "reading": "wide"}
    assert parse_list('["A"]') == ["A"]


@pytest.mark.parametrize(
    ("line", "value", "message"),
    [
        ("rounds: int = 3  # rounds, from 1 to 10", "11", "must be from 1 to 10, is 11"),
        ('as_of: str = ""  # the date, such as 2026-11-01', "1 May", "must be a date such as 2026-11-01, is '1 May'"),
        ('as_of: str = ""  # the date, such as 2026-11-01', "2026-02-30", "must be a date such as"),
    ],
)
def test_a_range_or_a_date_in_the_comment_is_held(review: Path, line: str, value: str, message: str) -> None:
    write_notebook(review, "01-sources", "1", line)
    with pytest.raises(InputError, match=message):
        check_parameters([review / "notebooks" / "01-sources.ipynb"], {line.partition(":")[0]: value})


def test_a_parameters_cell_may_use_type_comments(review: Path) -> None:
    write_notebook(review, "01-sources", "1", 'reading = "base"  # type: str how: narrow, base or wide')
    (parameter,) = read_parameters(review / "notebooks" / "01-sources.ipynb")
    assert (parameter.kind, parameter.choices) == ("str", ("narrow", "base", "wide"))


# --- the stage is verified ----------------------------------------------------------------------------------------------


def test_a_quote_that_is_not_where_its_row_says_stops_the_run(review: Path) -> None:
    path = review / "seeds" / "prepared" / "02-claims-exclusions.csv"
    header = path.read_text().strip().split(",")
    row = {"source_id": "A", "start": "0", "end": "7", "quote": "Nothink"}
    path.write_text(",".join(header) + "\n" + ",".join(row.get(name, "") for name in header) + "\n")
    outcome = ask(review)
    assert outcome.status == 1
    assert "exclusions.csv row 2: A 0-7 must read 'Nothink', reads 'Nothing'" in outcome.message
    assert not (review / "reports" / "edition.json").exists()


def test_a_table_that_no_notebook_wrote_stops_the_run(review: Path) -> None:
    (review / "seeds" / "prepared" / "03-durations-influence.csv").unlink()
    outcome = ask(review)
    assert (outcome.status, outcome.message.startswith("03-durations.ipynb: must write influence.csv")) == (1, True)


@pytest.mark.parametrize(
    "loads",
    [
        "<img src='https://example.org/a.png'>",
        "<script src=//example.org/a.js></script>",
        "<link rel=stylesheet href='http://example.org/a.css'>",
        "<style>@import 'https://example.org/a.css'</style>",
        "<p style='background: url(https://example.org/a.png)'>",
        "<svg><image xlink:href='https://example.org/a.png'/></svg>",
        "<img srcset='a.png, https://example.org/b.png 2x'>",
    ],
)
def test_a_page_that_asks_the_network_is_refused(tmp_path: Path, loads: str) -> None:
    page = tmp_path / "review.html"
    page.write_text(PAGE + loads)
    with pytest.raises(RunError, match="must ask the network for nothing"):
        verify_page(page)


def test_a_page_may_link_to_other_pages_but_not_to_nowhere_in_itself(tmp_path: Path) -> None:
    page = tmp_path / "review.html"
    page.write_text(PAGE + "<a href='https://example.org'>x</a><svg xmlns='http://www.w3.org/2000/svg'></svg>")
    verify_page(page)
    page.write_text(PAGE + "<a href='#nowhere'>x</a>")
    with pytest.raises(RunError, match="'#nowhere' does not"):
        verify_page(page)


def test_the_data_package_describes_every_table(review: Path) -> None:
    ask(review)
    package = json.loads(describe_tables(review / "data", list_record_types()))
    names = {resource["path"] for resource in package["resources"]}
    assert names == {path.name for path in (review / "data").glob("*.csv")}


# --- interrupted --------------------------------------------------------------------------------------------------------


def test_a_publication_that_was_cut_short_is_finished_by_the_next_run(
    review: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from howlong.report.run import publication

    ask(review)
    write_notebook(review, "03-durations", "2 + 2")
    done = []

    def stop_after_three(staged: Path, target: Path) -> None:
        if len(done) == 3:
            raise KeyboardInterrupt
        done.append(target)
        os.replace(staged, target)

    with monkeypatch.context() as patch:
        patch.setattr(publication, "move", stop_after_three)
        assert ask(review).status == 1
    assert (review / "reports" / ".staging" / JOURNAL).exists()
    outcome = ask(review)
    assert (outcome.status, outcome.result) == (0, "unchanged")
    assert "could not finish publishing" in capsys.readouterr().err
    edition = read_edition(review)
    assert edition is not None
    assert set(edition.files) | {"reports/edition.json"} == set(read_published(review))


def test_a_stage_without_a_journal_is_thrown_away(review: Path) -> None:
    stage = driver.Stage(review, review / "reports" / ".staging")
    stage.out.mkdir(parents=True)
    (stage.out / "claims.csv").write_text("half")
    assert not finish_publication(stage)
    assert ask(review).status == 0
    assert (review / "data" / "claims.csv").read_text() != "half"


def test_a_second_run_at_the_same_time_says_who_runs(review: Path) -> None:
    ask(review)
    before = read_published(review)
    (review / "reports" / ".staging").mkdir()
    (review / "reports" / ".staging" / "running.json").write_text('{"process": 4711, "machine": "here"}')
    with FileLock(review / ".howlong.lock"):
        outcome = ask(review, force=True)
    assert (outcome.status, count_lines(outcome.message)) == (1, 1)
    assert "process 4711 on here" in outcome.message
    assert read_published(review) == before


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS])
def test_a_disk_that_takes_nothing_is_one_line(review: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    ask(review)
    before = read_published(review)

    def refuse(*arguments: object, **options: object) -> None:
        raise OSError(number, os.strerror(number), "claims.csv")

    monkeypatch.setattr(driver, "execute_notebooks", refuse)
    outcome = ask(review, force=True)
    assert (outcome.status, count_lines(outcome.message)) == (1, 1)
    assert os.strerror(number) in outcome.message
    assert read_published(review) == before


def test_a_package_that_the_environment_lacks_is_named() -> None:
    """Whoever runs the command without its environment is told how to make it."""
    said = driver.describe_fault(ModuleNotFoundError("No module named 'papermill'", name="papermill"))
    assert said.startswith("environment: must have the package 'papermill', has not. Run make report")


def test_a_fault_of_the_program_is_one_line_with_its_place(review: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "execute_notebooks", lambda *arguments: {}["nothing"])
    outcome = ask(review)
    assert (outcome.status, count_lines(outcome.message)) == (1, 1)
    assert outcome.message.startswith("howlong: KeyError in test_run.py line ")


def test_a_folder_that_cannot_be_written_is_named_before_anything_runs(review: Path) -> None:
    (review / "data").write_text("a file where the folder should be")
    outcome = ask(review)
    assert (outcome.status, count_lines(outcome.message)) == (1, 1)
    assert "data" in outcome.message


# --- kernels ------------------------------------------------------------------------------------------------------------


def test_a_kernel_gets_nothing_of_the_users_settings(tmp_path: Path) -> None:
    theirs = {
        "PATH": "/bin",
        "HOME": "/home/x",
        "LANG": "de_DE",
        "LC_TIME": "fr_FR",
        "TZ": "Asia/Tokyo",
        "MPLBACKEND": "x",
    }
    theirs |= {"PYTHONHASHSEED": "7", "PYTHONSTARTUP": "x", "JUPYTER_PATH": "x", "IPYTHONDIR": "x"}
    ours = isolate_environment(theirs, tmp_path)
    assert (ours["PATH"], ours["PYTHONHASHSEED"], ours["TZ"], ours["LC_ALL"]) == ("/bin", "0", "UTC", "C.UTF-8")
    assert ours["MPLBACKEND"] != "x"
    assert not {"LANG", "LC_TIME", "PYTHONSTARTUP", "JUPYTER_PATH"} & set(ours)
    assert "/home/x" not in ours.values()


def test_the_folders_of_killed_runs_are_swept_and_those_of_living_ones_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kernels.tempfile, "tempdir", str(tmp_path))
    dead, young, strange = (tmp_path / name for name in ("howlong-dead", "howlong-young", "howlong-strange"))
    for folder in (dead, young, strange):
        folder.mkdir()
        (folder / ("file" if folder == strange else kernels.ALIVE)).touch()
    with kernels.open_folder() as living:
        for folder in (dead, living, strange):
            os.utime(folder, (0, 0))
        kernels.sweep_folders(tmp_path)
        assert {path.name for path in tmp_path.iterdir()} == {living.name, "howlong-young", "howlong-strange"}
    assert not living.exists()


def test_outputs_lose_addresses_processes_and_the_folder() -> None:
    folder = Path("/srv/one/review")
    text = "/srv/one/review/data/a.csv at 0x7f12ab34cd56 in /tmp/ipykernel_17/3379902148.py:1 /srv/one/reviews /srv/one/review"
    assert clean_text(text, folder) == "data/a.csv at 0x0 in <cell>:1 /srv/one/reviews ."


def test_a_fault_of_a_person_found_by_a_cell_keeps_its_own_line() -> None:
    error = read_error("02-claims.ipynb", {"execution_count": 4}, {"ename": "InputError", "evalue": "a.csv: mend it."})
    assert isinstance(error, InputError)
    assert str(error) == "a.csv: mend it."


def test_a_run_with_kernels_publishes_notebooks_with_their_outputs(tmp_path: Path) -> None:
    review = make_review(tmp_path / "review", "import os; print(os.getcwd(), os.environ['TZ'], object())")
    outcome = ask(review, parameters={"reading": "wide"})
    assert (outcome.message, outcome.status) == ("", 0)
    notebook = json.loads((review / "reports" / "notebooks" / "02-claims.ipynb").read_text())
    assert notebook["metadata"]["papermill"]["parameters"]["reading"] == "wide"
    assert [cell["id"] for cell in notebook["cells"]] == ["cell0", "injected-parameters", "cell1", "cell2"]
    assert notebook["cells"][2]["outputs"][0]["text"] == [". UTC <object object at 0x0>\n"]


@pytest.mark.slow
def test_a_kernel_that_does_not_start_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernels, "KERNEL", "howlong.nowhere")
    monkeypatch.setattr(kernels, "NURSERY", "howlong.nowhere")
    outcome = ask(make_review(tmp_path / "review"))
    assert (outcome.status, count_lines(outcome.message)) == (1, 1)
    assert outcome.message.startswith("01-sources.ipynb: its kernel must start")


FAILING = [
    ("1 / 0", 1, "02-claims.ipynb cell [3]: ZeroDivisionError: division by zero."),
    ("import sys; sys.exit(0)", 1, "02-claims.ipynb cell [3]: must not call exit, quit or sys.exit"),
    ("exit()", 1, "02-claims.ipynb cell [3]: must not call exit, quit or sys.exit"),
    ("quit", 1, "02-claims.ipynb cell [3]: must not call exit, quit or sys.exit"),
    ("import os; os._exit(0)", 1, "02-claims.ipynb cell [3]: ended its Python process"),
    ("import os; os.kill(os.getpid(), 9)", 1, "02-claims.ipynb cell [3]: ended its Python process"),
    ("while True: pass", 1, "02-claims.ipynb cell [3]: took longer than 3 seconds"),
    ("import time; time.sleep(60)", 1, "02-claims.ipynb cell [3]: took longer than 3 seconds"),
    ("out = 'seeds'", 1, "02-claims.ipynb: must write its tables, wrote nothing."),
    ("from howlong.tables import InputError\nraise InputError('a.csv: must be. Mend.')", 2, "a.csv: must be. Mend."),
    ("raise OSError(28, 'No space left on device')", 1, "02-claims.ipynb cell [3]: OSError: [Errno 28]"),
]


@pytest.mark.slow
def test_a_run_leaves_no_open_file_behind(tmp_path: Path) -> None:
    """A program that runs report after report in one process must not run out of files."""
    review = make_review(tmp_path / "review")
    assert ask(review).status == 0
    before = set(os.listdir("/dev/fd"))
    assert ask(review, force=True).status == 0
    assert len(set(os.listdir("/dev/fd")) - before) == 0


@pytest.mark.slow
@pytest.mark.parametrize(("middle", "status", "line"), FAILING, ids=[case[0][:20] for case in FAILING])
def test_a_notebook_that_fails_is_one_line_and_is_kept(tmp_path: Path, middle: str, status: int, line: str) -> None:
    review = make_review(tmp_path / "review")
    assert ask(review).status == 0
    before = read_published(review)
    write_notebook(review, "02-claims", middle)
    outcome = ask(review, time_limit=3)
    assert (outcome.status, count_lines(outcome.message)) == (status, 1)
    assert outcome.message.startswith(line)
    assert read_published(review) == before
    assert (review / "reports" / "failed" / "02-claims.ipynb").exists()
    write_notebook(review, "02-claims", "1 + 1")
    assert ask(review).status == 0
    assert not (review / "reports" / "failed").exists()


@pytest.mark.slow
@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_run_that_is_stopped_leaves_the_last_edition(tmp_path: Path, kind: signal.Signals) -> None:
    review = make_review(tmp_path / "review")
    assert ask(review).status == 0
    before = read_published(review)
    write_notebook(review, "02-claims", "import time; time.sleep(30)")
    command = [sys.executable, "-m", "howlong", "report", "--review", str(review)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    time.sleep(4)
    process.send_signal(kind)
    _, said = process.communicate(timeout=20)
    assert process.returncode == (-9 if kind == signal.SIGKILL else 1)
    assert kind == signal.SIGKILL or said.splitlines()[-1].startswith("interrupted.")
    assert read_published(review) == before
    write_notebook(review, "02-claims", "2")
    assert ask(review).status == 0


@pytest.mark.slow
def test_two_runs_elsewhere_by_others_leave_the_same_bytes(tmp_path: Path) -> None:
    published = []
    for name, own in (
        ("a", {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "1"}),
        ("bb/c", {"LC_ALL": "C", "PYTHONHASHSEED": "2"}),
    ):
        review = make_review(tmp_path / name / "review", "print(set('abcdefgh'), __import__('time').tzname)")
        home = tmp_path / name / "home"
        (home / ".ipython" / "profile_default" / "startup").mkdir(parents=True)
        (home / ".ipython" / "profile_default" / "startup" / "own.py").write_text(f"print('hello {name}')")
        command = [sys.executable, "-m", "howlong", "report", "--force", "--review", str(review)]
        subprocess.run(command, env=os.environ | own | {"HOME": str(home)}, check=True, capture_output=True)
        published.append(read_published(review))
    assert published[0] == published[1]
