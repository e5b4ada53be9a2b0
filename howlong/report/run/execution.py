"""Execute notebooks with papermill, and judge whether each one succeeded.

Law: a notebook succeeded when every code cell completed, none printed an error, and the notebook wrote something.

papermill alone takes ``sys.exit(0)`` in a cell for a success; hence the checks here.
"""

from __future__ import annotations

import contextlib
import json
import logging
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from howlong.report.run.kernels import Kernels
from howlong.report.run.parameters import read_parameters, read_source
from howlong.tables import InputError, write_text

if TYPE_CHECKING:
    from jupyter_client.manager import AsyncKernelManager

AHEAD_BY = 2  # measured: one leaves the second core idle, three slow the first notebook


class RunError(Exception):
    """Say in one line why a run failed: where, what happened, what to do."""


@dataclass(frozen=True)
class Stage:
    """The folder in which a run makes everything before it publishes.

    Attributes
    ----------
    review : Path
        The review's folder.
    folder : Path
        The staging folder; its name is always the same, for notebooks may print it.
    """

    review: Path
    folder: Path

    @property
    def out(self) -> Path:
        """Where the notebooks write."""
        return self.folder / "out"

    @property
    def notebooks(self) -> Path:
        """Where the executed notebooks stand."""
        return self.folder / "notebooks"


def execute_notebooks(
    stage: Stage, notebooks: Sequence[Path], values: Mapping[str, Any], time_limit: int, kernels: Kernels
) -> Iterator[tuple[Path, list[str]]]:
    """Execute notebooks in order, each in a kernel of its own; the next two kernels start while a notebook runs.

    Parameters
    ----------
    stage : Stage
        Where they write.
    notebooks : sequence of Path
        The notebooks.
    values : mapping
        The values of this run; a notebook gets those it has parameters for.
    time_limit : int
        How long one cell may take, in seconds.
    kernels : Kernels
        What starts the kernels.

    Yields
    ------
    Path, list of str
        Each notebook as soon as it succeeded, with the files that it wrote.

    Raises
    ------
    RunError
        When a notebook did not succeed; it is kept under reports/failed/.
    InputError
        When a cell found a fault in what a person wrote.
    """
    for name in ("papermill", "asyncio"):  # what they have to say is said in one line here
        logging.getLogger(name).setLevel(logging.CRITICAL)
    stage.notebooks.mkdir(parents=True, exist_ok=True)
    stage.out.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as running:

        def start(path: Path) -> AsyncKernelManager:
            manager = kernels.start(path)
            running.callback(kernels.stop, manager)
            return manager

        started = [start(path) for path in notebooks[: 1 + AHEAD_BY]]
        for number, path in enumerate(notebooks):
            manager = started[number]
            if number and number + AHEAD_BY < len(notebooks):
                started.append(start(notebooks[number + AHEAD_BY]))
            written = execute_notebook(stage, path, values, manager, time_limit)
            kernels.kill(manager)
            yield path, written


def execute_notebook(
    stage: Stage, path: Path, values: Mapping[str, Any], manager: AsyncKernelManager, time_limit: int
) -> list[str]:
    """Execute one notebook, check that it succeeded, and return the files it wrote."""
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    target = stage.notebooks / path.name
    names = {parameter.name for parameter in read_parameters(path)}
    folders = {"review": ".", "out": stage.out.relative_to(stage.review).as_posix()}
    before = list_written(stage.out)
    trouble = ""
    try:
        papermill.execute_notebook(
            path,
            target,
            parameters={name: value for name, value in {**folders, **values}.items() if name in names},
            kernel_name="python3",
            engine_name=register_engine(),
            cwd=stage.review,
            progress_bar=describe_bar(path.stem),
            execution_timeout=time_limit,
            km=manager,
            coalesce_streams=True,
            autosave_cell_every=0,
        )
    except papermill.PapermillExecutionError:
        trouble = "failed"
    except CellTimeoutError:
        trouble = f"took longer than {time_limit} seconds. Make it faster, or raise the limit with --time-limit"
    except DeadKernelError:
        trouble = "ended its Python process (memory ran out, or the cell called exit). Look at the cell"
    except RuntimeError as error:
        raise RunError(f"{path.name}: its kernel must start, did not ({error}). Make the environment again.") from None
    check_execution(stage, target, trouble)
    after = list_written(stage.out)
    if after == before:
        keep_failed(stage, target)
        raise RunError(
            f"{path.name}: must write its tables, wrote nothing. Restore the cells that write (shelf.write), see reports/failed/{path.name}."
        )
    return sorted(name for name, state in after.items() if before.get(name) != state)


def register_engine() -> str:
    """Give papermill an engine that writes the notebook once, at its end or where it fails, not after every cell."""
    from papermill.engines import NBClientEngine, papermill_engines

    class Engine(NBClientEngine):
        @classmethod
        def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **kwargs: Any) -> None:
            save, nb_man.save = nb_man.save, lambda **_: None
            try:
                super().execute_managed_notebook(nb_man, kernel_name, **kwargs)
            finally:
                nb_man.save = save

    papermill_engines.register("howlong", Engine)
    return "howlong"


def list_written(out: Path) -> dict[str, tuple[int, int]]:
    """Return the files of a folder with their sizes and times of change."""
    found = ((path, path.stat()) for path in out.rglob("*") if path.is_file())
    return {str(path): (info.st_size, info.st_mtime_ns) for path, info in found}


def describe_bar(name: str) -> dict[str, Any]:
    """Return the progress bar's settings: it names the notebook, and a log file gets its ends only."""
    interval = 0.1 if sys.stderr.isatty() else 3600
    return {"desc": f"{name:<12}", "file": sys.stderr, "mininterval": interval, "maxinterval": max(10, interval)}


def check_execution(stage: Stage, target: Path, trouble: str) -> None:
    """Raise what one executed notebook deserves, and keep it when it failed."""
    cells = json.loads(target.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code" and read_source(cell).strip()]
    for cell in code:
        for output in cell["outputs"]:
            if output["output_type"] == "error":
                keep_failed(stage, target)
                raise read_error(target.name, cell, output)
    unfinished = next((cell for cell in code if cell["execution_count"] is None), None)
    if trouble or unfinished:
        keep_failed(stage, target)
        place = f" cell [{read_count(code)}]" if trouble else ""
        raise RunError(
            f"{target.name}{place}: {trouble or 'must run to its last cell, stopped before'}. See reports/failed/{target.name}."
        )


def read_count(code: Sequence[Mapping[str, Any]]) -> int:
    """Return the number that Jupyter shows beside the cell that ran last."""
    begun = [cell["metadata"].get("papermill", {}).get("start_time") for cell in code]
    return max(1, sum(time is not None for time in begun))


def read_error(name: str, cell: Mapping[str, Any], output: Mapping[str, Any]) -> Exception:
    """Turn a cell's error into one line: a fault in what a person wrote, or a failure of the run."""
    error, message = output["ename"], " ".join(str(output["evalue"]).split())
    sentence = (message or "no message").rstrip(".")
    if error == "InputError":
        return InputError(message)
    place = f"{name} cell [{cell['execution_count'] or '?'}]"
    if error == "SystemExit":
        return RunError(
            f"{place}: must not call exit, quit or sys.exit, which end the notebook before its last cell. Remove the call, see reports/failed/{name}."
        )
    return RunError(f"{place}: {error}: {sentence}. Open reports/failed/{name} in JupyterLab to see it.")


def keep_failed(stage: Stage, target: Path) -> None:
    """Keep a failed notebook under reports/failed/, if the disk still takes it."""
    with contextlib.suppress(OSError):
        write_text(stage.review / "reports" / "failed" / target.name, target.read_text(encoding="utf-8"))
