"""Start kernels by forking one process that has made the imports already.

Most of a kernel's time to be ready goes into imports that all notebooks share.  One process makes them once, in the order of
the notebooks, and forks a kernel as soon as it has what that notebook imports; a kernel holds nothing else of the others.

Law: whoever cannot be forked (no fork on the system, the process died) is started the plain way.  The kernels end with the
process that forked them, and that one with the run.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import selectors
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from howlong.report.run.kernel import load, serve


class Child:
    """A kernel that another process forks, seen as jupyter_client sees a process of its own.

    Parameters
    ----------
    nursery : Nursery
        The process that forks it.
    ticket : int
        Its place among all that are asked for.
    """

    stdin = stdout = stderr = None

    def __init__(self, nursery: Nursery, ticket: int) -> None:
        self.nursery = nursery
        self.ticket = ticket

    @property
    def pid(self) -> int:
        """Its number, for which one may have to wait."""
        return self.nursery.read_number(self.ticket, wait=True) or 0

    def poll(self) -> int | None:
        """Return None while it lives, or is still to be forked; how it ended is known to its parent only."""
        number = self.nursery.read_number(self.ticket, wait=False)
        if number is None:
            return self.nursery.process.poll()
        try:
            state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return 1
        return 1 if state in "ZX" else None

    def wait(self) -> int:
        """Return how it ended, once `poll` has said that it did."""
        return 1

    def send_signal(self, number: int) -> None:
        """Send a signal to it, and to what it started; one just forked has no group yet, one that has ended gets none."""
        for send in (os.killpg, os.kill):
            with contextlib.suppress(ProcessLookupError):
                return send(self.pid, number) if self.pid else None

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


class Nursery:
    """The process that imports and forks.

    Parameters
    ----------
    command : sequence of str
        How it is started.
    environment : mapping of str to str
        The environment of all kernels.
    cwd : Path
        Where they stand.
    """

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], cwd: Path) -> None:
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen(
            command, env=dict(environment), cwd=cwd, bufsize=0, start_new_session=True, **pipes
        )
        self.asked = 0
        self.answers = b""

    def fork(self, modules: Sequence[str], arguments: Sequence[str]) -> Child:
        """Have a kernel forked that has imported some modules; return before it is.

        Raises
        ------
        OSError
            When the process is no longer there.
        """
        self.ask(modules, arguments)
        self.asked += 1
        return Child(self, self.asked - 1)

    def prepare(self, modules: Sequence[str]) -> None:
        """Have some modules imported ahead; where that is not possible, they are imported later."""
        with contextlib.suppress(OSError):
            self.ask(modules, None)

    def ask(self, modules: Sequence[str], arguments: Sequence[str] | None) -> None:
        """Send one request; without arguments nothing is forked."""
        if self.process.poll() is not None:
            raise OSError("the process that forks kernels ended")
        assert self.process.stdin is not None
        request = [list(modules), arguments if arguments is None else list(arguments)]
        self.process.stdin.write((json.dumps(request) + "\n").encode("utf-8"))

    def read_number(self, ticket: int, wait: bool) -> int | None:
        """Return the number of a kernel; None while it is not forked, or will never be."""
        assert self.process.stdout is not None
        pipe = self.process.stdout.fileno()
        while self.answers.count(b"\n") <= ticket:
            if not wait and not is_readable(pipe):
                return None
            read = os.read(pipe, 1024)
            if not read:
                return None
            self.answers += read
        return int(self.answers.split()[ticket])

    def close(self) -> None:
        """End the process, and with it whatever it forked."""
        for ticket in range(self.asked):
            with contextlib.suppress(OSError):
                Child(self, ticket).kill()
        with contextlib.suppress(OSError):
            self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                with contextlib.suppress(OSError):
                    pipe.close()
        self.process.wait()


def is_readable(pipe: int) -> bool:
    """Tell whether a pipe has something to read, or has ended; its number may be any (select knows 1,024)."""
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        return bool(selector.select(0))


def can_fork() -> bool:
    """Tell whether the system forks and lists its processes in files."""
    return hasattr(os, "fork") and Path("/proc/self/stat").exists()


def main() -> None:
    """Read requests from standard input, a line each; import, fork, and answer with the kernel's number."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the kernels
    os.environ["JPY_PARENT_PID"] = str(os.getpid())  # a kernel ends when this process does
    load(["ipykernel.kernelapp", "ipykernel.zmqshell"])
    for line in sys.stdin:
        modules, arguments = json.loads(line)
        load(modules)
        if arguments is None:
            continue
        gc.freeze()  # what is imported stays; no kernel needs to walk it again
        pid = os.fork()
        if pid == 0:
            be_kernel(arguments)
        print(pid, flush=True)


def be_kernel(arguments: Sequence[str]) -> None:
    """Be a kernel, apart from the process that forked it; never return."""
    try:
        os.setsid()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        sys.stdin, sys.stdout, sys.stderr = os.fdopen(0), os.fdopen(1, "w"), os.fdopen(2, "w")
        serve(list(arguments))
    finally:
        os._exit(0)
