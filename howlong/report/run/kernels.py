"""Start kernels of this very Python, apart from the machine they run on, and stop them.

Law: what a user keeps in their home (IPython startup files, matplotlibrc, Jupyter's configuration) and what their shell sets
(locale, time zone, hash seed) never reaches a kernel; a kernel never outlives its run.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from howlong.report.run.edition import PACKAGE
from howlong.report.run.kernel import AHEAD, find_imports
from howlong.report.run.nursery import Nursery, can_fork
from howlong.report.run.parameters import read_notebook, read_source

if TYPE_CHECKING:
    from jupyter_client.manager import AsyncKernelManager

LONGEST_SOCKET_PATH = 100
PREFIX = "howlong-"
ALIVE = "alive.lock"
YOUNG = 60  # seconds in which a folder may not have its lock yet
KERNEL = "howlong.report.run.kernel"
NURSERY = "howlong.report.run.nursery"
DROPPED = ("PYTHON", "IPYTHON", "JUPYTER", "JPY_", "MPL", "MATPLOTLIB", "LC_", "LANG", "PAPERMILL", "XDG_")


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
        modules = list_modules(notebook)
        manager = AsyncKernelManager(
            kernel_name="python3", kernel_spec_manager=specs, connection_file=connection, **options
        )
        manager.client_factory = make_client_type(manager)
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
            run_sync(manager.shutdown_kernel)(now=True)  # destroys the sockets that the manager's client shares


def list_modules(notebook: Path) -> list[str]:
    """Return the library's modules that a notebook imports."""
    cells = read_notebook(notebook)["cells"]
    return find_imports(read_source(cell) for cell in cells if cell["cell_type"] == "code")


@contextlib.contextmanager
def open_folder() -> Iterator[Path]:
    """Make a folder that lives as long as the run, and remove those of runs that were killed."""
    from filelock import FileLock

    sweep_folders(Path(tempfile.gettempdir()))
    with tempfile.TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True) as name, FileLock(Path(name) / ALIVE):
        yield Path(name)


def sweep_folders(place: Path) -> None:
    """Remove the folders of runs that are no more: whose lock nobody holds, a minute after it was made."""
    from filelock import FileLock

    for folder in place.glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):  # Timeout, that somebody holds it, is one
            if time.time() - folder.stat().st_mtime > YOUNG and (folder / ALIVE).exists():
                with FileLock(folder / ALIVE, timeout=0):
                    shutil.rmtree(folder)


@contextlib.contextmanager
def open_kernels(cwd: Path, notebooks: Sequence[Path] = ()) -> Iterator[Kernels]:
    """Make the short-lived folder that kernels need, and remove it.

    No kernel starts yet; where one can be forked, the imports of the first notebook begin.
    """
    with open_folder() as folder:
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
            for notebook in notebooks[:1]:
                nursery.prepare(list_modules(notebook))
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


def make_client_type(manager: AsyncKernelManager) -> type:
    """Make a client that goes on as soon as its kernel answers; the usual one listens a fifth of a second longer.

    Its sockets are the manager's, which closes them when the kernel is stopped: nobody closes those of the usual one.  It
    listens to no heartbeat, which would take a thread and a loop; whether the kernel lives, its process tells.
    """
    from jupyter_client.asynchronous import AsyncKernelClient

    class Client(AsyncKernelClient):
        def _context_default(self) -> Any:
            return manager.context

        def start_channels(
            self, shell: bool = True, iopub: bool = True, stdin: bool = True, hb: bool = True, control: bool = True
        ) -> None:
            super().start_channels(shell, iopub, stdin, hb=False, control=control)

        async def wait_for_ready(self, timeout: float | None = None) -> None:
            deadline = time.monotonic() + (timeout or 60)
            while time.monotonic() < deadline:
                self.kernel_info()
                with contextlib.suppress(queue.Empty):
                    await self.get_shell_msg(timeout=1)
                    await self.get_iopub_msg(timeout=0.2)
                    return
                if not await self.is_alive():
                    raise RuntimeError("it ended before it answered")
            raise RuntimeError(f"no answer in {timeout or 60:g} seconds")

    return Client


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
