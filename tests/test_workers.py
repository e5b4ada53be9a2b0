"""Documents may be read on the workers of a cluster, and no byte of what is read changes."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from howlong.claims import code_claims, read_codebook
from howlong.quantities import tabulate
from howlong.report.run.parameters import PLACES
from howlong.sources import read_documents, read_sources, workers
from howlong.sources.memory import fingerprint_readers
from howlong.tables import InputError

ROOT = Path(__file__).resolve().parent.parent
NOWHERE = "tcp://127.0.0.1:9"


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """Start a scheduler and two worker processes on this machine."""
    distributed = pytest.importorskip("distributed", reason="distributed is not installed (requirements/cluster.txt)")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as local:
        yield local.scheduler_address


@pytest.fixture
def review(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    return tmp_path


def read_tables(review: Path, cluster: str) -> list[str]:
    """Return the tables of a review's quantities, exclusions and claims as text."""
    documents = read_documents(review, read_sources(review))
    quantities, exclusions = tabulate(documents, cluster)
    claims = code_claims(documents, quantities, read_codebook(review), cluster)
    return [table.to_csv(index=False) for table in (quantities, exclusions, claims)]


def test_workers_read_what_this_process_reads(review: Path, cluster: str) -> None:
    here = read_tables(review, "")
    shutil.rmtree(review / ".howlong-cache")
    assert read_tables(review, cluster) == here
    assert (review / ".howlong-cache").is_dir()


def test_what_is_remembered_asks_no_cluster(review: Path) -> None:
    here = read_tables(review, "")
    assert read_tables(review, NOWHERE) == here


def test_a_scheduler_that_does_not_answer_is_named_in_one_line(review: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(workers, "WAIT", 1)
    with pytest.raises(
        InputError,
        match=r"^cluster: must be the address of a Dask scheduler that answers.*'tcp://127.0.0.1:9' does not",
    ):
        read_tables(review, NOWHERE)
    with pytest.raises(InputError, match=r"'no address' does not"):
        read_tables(review, "no address")


def test_a_cluster_without_the_package_says_what_to_install(review: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InputError, match=r"needs the package distributed.*requirements/cluster.txt"):
        read_tables(review, NOWHERE)


def test_a_worker_with_another_library_is_refused() -> None:
    same = SimpleNamespace(run=lambda function: {"tcp://a": fingerprint_readers()})
    workers.check_workers(same, NOWHERE)
    other = SimpleNamespace(run=lambda function: {"tcp://a": fingerprint_readers(), "tcp://b": "old"})
    with pytest.raises(InputError, match=r"the same howlong, Python and RE2 as this process, tcp://b has others"):
        workers.check_workers(other, NOWHERE)


def test_a_worker_without_the_library_is_refused() -> None:
    def run(function: Any) -> None:
        raise ModuleNotFoundError("No module named 'howlong'")

    with pytest.raises(InputError, match=r"must have howlong, one has not \(No module named 'howlong'\)"):
        workers.check_workers(SimpleNamespace(run=run), NOWHERE)


@pytest.mark.slow
def test_a_run_on_a_cluster_publishes_the_same_bytes(tmp_path: Path, cluster: str) -> None:
    assert PLACES == ("cluster",)
    editions = []
    for name, given in (("here", []), ("there", ["-p", "cluster", cluster])):
        folder = tmp_path / name
        shutil.copytree(ROOT / "seeds", folder / "seeds")
        shutil.copytree(ROOT / "notebooks", folder / "notebooks")
        command = [sys.executable, "-m", "howlong", "report", "--review", str(folder), "--force", *given]
        result = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
        assert result.returncode == 0, result.stderr
        files = [path for top in ("data", "reports") for path in sorted((folder / top).rglob("*")) if path.is_file()]
        editions.append(
            {
                path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
                for path in files
                if path.name != "last-run.json"
            }
        )
    assert editions[0] == editions[1]
