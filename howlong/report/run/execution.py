"""Execute notebooks with papermill, apart from the machine they run on, and judge whether each one succeeded.

Law: a notebook succeeded when every code cell completed, none printed an error, and the notebook wrote something.  What a
user keeps in their home (IPython startup files, matplotlibrc, Jupyter's configuration) and what their shell sets (locale, time
zone, hash seed) never reaches a kernel.

papermill alone takes ``sys.exit(0)`` in a cell for a success; hence the checks here.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from howlong.report.run.edition import PACKAGE
from howlong.report.run.kernel import AHEAD, find_imports
from howlong.report.run.nursery import Nursery, can_fork
from howlong.report.run.parameters import read_notebook, read_parameters, read_source
from howlong.tables import InputError, write_text

if TYPE_CHECKING:
    from jupyter_client.manager import AsyncKernelManager

LONGEST_SOCKET_PATH = 100
AHEAD_BY = 2  # measured: one leaves the second core idle, three slow the first notebook
KERNEL = "howlong.report.run.kernel"
NURSERY = "howlong.report.run.nursery"
DROPPED = ("PYTHON", "IPYTHON", "JUPYTER", "JPY_", "MPL", "MATPLOTLIB", "LC_", "LANG", "PAPERMILL", "XDG_")
ADDRESS = re.compile(r"(?<= at )0x[0-9a-fA-F]{6,16}")
CELL_FILE = re.compile(r"[^\s\"']*ipykernel_\d+[/\\]\d+\.py")


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


@dataclass(frozen=True)
class Kernels:
    """Starts kernels of this very Python, over sockets in a short-lived folder where the system has them.

    Attributes
    ----------
    folder : Path
        The short-lived folder: connection files, sockets, an empty home.
    cwd : Path
        Where kernels stand.
    nursery : Nursery or None
        The process that forks them; None where each is started by itself.
    """

    folder: Path
    cwd: Path
    nursery: Nursery | None = None

    def start(self, notebook: Path) -> AsyncKernelManager:
        """Start a notebook's kernel; return before it is ready."""
        from jupyter_client.kernelspec import KernelSpecManager
        from jupyter_client.manager import AsyncKernelManager
        from jupyter_core.utils import run_sync

        specs = KernelSpecManager(kernel_dirs=[str(self.folder / "kernels")], ensure_native_kernel=False)
        options: dict[str, Any] = {"transport": "ipc"} if can_use_sockets(self.folder) else {}
        connection = str(self.folder / f"{notebook.stem}.json")
        cells = read_notebook(notebook)["cells"]
        modules = find_imports(read_source(cell) for cell in cells if cell["cell_type"] == "code")
        manager = AsyncKernelManager(
            kernel_name="python3", kernel_spec_manager=specs, connection_file=connection, **options
        )
        if self.nursery:
            manager.provisioner = make_provisioner(manager, self.nursery, modules)
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        environment = isolate_environment(os.environ, self.folder) | {AHEAD: ",".join(modules)}
        run_sync(manager.start_kernel)(cwd=str(self.cwd), env=environment, **quiet)
        return manager

    def kill(self, manager: AsyncKernelManager) -> None:
        """End a kernel that has done its work, without waiting for it; `stop` clears up later."""
        from jupyter_core.utils import run_sync

        if os.name == "posix":
            with contextlib.suppress(Exception):
                run_sync(manager.signal_kernel)(signal.SIGKILL)

    def stop(self, manager: AsyncKernelManager) -> None:
        """Stop a kernel, whatever it does, and clear up after it."""
        from jupyter_core.utils import run_sync

        with contextlib.suppress(Exception):
            run_sync(manager.shutdown_kernel)(now=True)


@contextlib.contextmanager
def open_kernels(cwd: Path) -> Iterator[Kernels]:
    """Make the short-lived folder that kernels need, and remove it."""
    with tempfile.TemporaryDirectory(prefix="howlong-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        for part in ("home", "ipython", "jupyter", "kernels/python3"):
            (folder / part).mkdir(parents=True)
        argv = [sys.executable, "-c", f"from {KERNEL} import main; main()", "-f", "{connection_file}"]
        argv += ["--HistoryManager.enabled=False", "--HistoryManager.hist_file=:memory:"]
        spec = {"argv": argv, "display_name": "Python 3", "language": "python"}
        (folder / "kernels/python3/kernel.json").write_text(json.dumps(spec), encoding="utf-8")
        if not can_fork():
            yield Kernels(folder, cwd)
            return
        command = [sys.executable, "-c", f"from {NURSERY} import main; main()"]
        nursery = Nursery(command, isolate_environment(os.environ, folder), cwd)
        try:
            yield Kernels(folder, cwd, nursery)
        finally:
            nursery.close()


def make_provisioner(manager: AsyncKernelManager, nursery: Nursery, modules: Sequence[str]) -> Any:
    """Make what starts a manager's kernel by a fork, and the plain way where that fails."""
    from jupyter_client.provisioning import LocalProvisioner

    class Provisioner(LocalProvisioner):
        async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
            try:
                child = nursery.fork(modules, cmd[cmd.index("-f") :])
            except OSError:
                return await super().launch_kernel(cmd, **kwargs)
            self.process = child  # type: ignore[assignment]
            return self.connection_info

    return Provisioner(kernel_id="", kernel_spec=manager.kernel_spec, parent=manager)


def can_use_sockets(folder: Path) -> bool:
    """Tell whether kernels can be reached through files: not on Windows, and not below a long path."""
    return os.name == "posix" and len(str(folder)) + len("/01-sources-ipc-5") < LONGEST_SOCKET_PATH


def isolate_environment(environment: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Return the environment of a kernel: the caller's, less everything that could change a published byte."""
    kept = {name: value for name, value in environment.items() if not name.startswith(DROPPED)}
    return kept | {
        "HOME": str(folder / "home"),
        "IPYTHONDIR": str(folder / "ipython"),
        "JUPYTER_CONFIG_DIR": str(folder / "jupyter"),
        "JUPYTER_NO_CONFIG": "1",
        "JUPYTER_PLATFORM_DIRS": "1",
        "MPLCONFIGDIR": str(find_font_cache(folder)),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "PYTHONNOUSERSITE": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "PYTHONPATH": str(PACKAGE.parent),
        "TZ": "UTC",
        "LC_ALL": "C.UTF-8",
        "COLUMNS": "80",
        "LINES": "24",
    }


def find_font_cache(folder: Path) -> Path:
    """Return a folder of ours in which matplotlib may keep its list of fonts, so that not every run makes it anew."""
    cache = Path(sys.prefix) / "var" / "howlong" / "matplotlib"
    try:
        cache.mkdir(parents=True, exist_ok=True)
    except OSError:
        return folder / "matplotlib"
    is_ours = os.access(cache, os.W_OK) and not (cache / "matplotlibrc").exists()
    return cache if is_ours else folder / "matplotlib"


def execute_notebooks(
    stage: Stage, notebooks: Sequence[Path], values: Mapping[str, Any], time_limit: int
) -> dict[str, list[str]]:
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

    Returns
    -------
    dict of str to list of str
        The files that each notebook wrote.

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
    written = {}
    with open_kernels(stage.review) as kernels, contextlib.ExitStack() as running:

        def start(path: Path) -> AsyncKernelManager:
            manager = kernels.start(path)
            running.callback(kernels.stop, manager)
            return manager

        started = [start(path) for path in notebooks[: 1 + AHEAD_BY]]
        for number, path in enumerate(notebooks):
            manager = started[number]
            if number and number + AHEAD_BY < len(notebooks):
                started.append(start(notebooks[number + AHEAD_BY]))
            written[path.name] = execute_notebook(stage, path, values, manager, time_limit)
            kernels.kill(manager)
    return written


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


# --- the executed notebooks, the same bytes everywhere --------------------------------------------------------------


def normalise_notebook(executed: Path, source: Path, review: Path) -> None:
    """Rewrite an executed notebook without anything that differs from run to run or from machine to machine.

    Times, durations, random ids, memory addresses, process numbers and absolute paths go; what stays is the source, the
    outputs and the values of the parameters.
    """
    import nbformat

    notebook = nbformat.read(executed, as_version=4)
    original = nbformat.read(source, as_version=4)
    recorded = notebook.metadata.get("papermill", {})
    kernelspec = original.metadata.get("kernelspec", {})
    notebook.metadata.clear()
    notebook.metadata["kernelspec"] = kernelspec
    notebook.metadata["papermill"] = {"parameters": recorded.get("parameters", {})}
    known = {cell.get("id") for cell in original.cells}
    for number, cell in enumerate(notebook.cells):
        is_injected = "injected-parameters" in cell.metadata.get("tags", [])
        cell.metadata = {name: value for name, value in cell.metadata.items() if name in ("tags", "jupyter")}
        if cell.get("id") not in known:
            cell["id"] = "injected-parameters" if is_injected else f"cell-{number}"
        for output in cell.get("outputs", []):
            clean_output(output, review)
    notebook.nbformat_minor = max(5, notebook.nbformat_minor)
    write_text(executed, nbformat.writes(notebook).rstrip("\n") + "\n")


def clean_output(output: dict[str, Any], review: Path) -> None:
    """Clean one output in place."""
    if "text" in output:
        output["text"] = clean_text(output["text"], review)
    for kind, content in output.get("data", {}).items():
        if isinstance(content, str) and not kind.startswith("image/p"):
            output["data"][kind] = clean_text(content, review)


def clean_text(text: str, review: Path) -> str:
    """Write paths from the review's folder, and leave out addresses in memory and numbers of processes."""
    for folder, name in ((review, "."), (PACKAGE.parent, "."), (Path(sys.prefix), "<environment>")):
        if len(folder.parts) > 1:
            whole = rf"(?<![\w.]){re.escape(str(folder))}"
            text = re.sub(rf"{whole}(?![\w/])", name, re.sub(rf"{whole}/", "" if name == "." else f"{name}/", text))
    return ADDRESS.sub("0x0", CELL_FILE.sub("<cell>", text))
