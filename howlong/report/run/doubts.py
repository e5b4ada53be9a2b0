"""Name what is doubtful about a notebook, by reading its cells: what runs on one machine only, or differs from run to run.

Law: nothing is executed; a doubt is one line that names the cell.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from howlong.report.run.parameters import read_notebook, read_parameters, read_source

ABSOLUTE = re.compile(r"""["'](?:/[\w.-]+/|~[\w.-]*/|[A-Za-z]:[\\/])""")
SHELL = re.compile(r"^\s*[!%]", re.M)
EXITS = ("exit", "quit", "sys.exit", "os._exit")
CLOCKS = (
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "date.today",
    "time.time",
    "time.time_ns",
    "time.localtime",
    "time.gmtime",
    "time.ctime",
    "time.strftime",
    "os.urandom",
    "Timestamp.now",
    "Timestamp.today",
    "uuid4",
    "uuid1",
)
SEEDED = ("seed", "Random", "default_rng", "Generator", "RandomState", "SystemRandom")
WRITERS = ("write_text", "write_bytes", "savefig", "mkdir", "unlink", "touch", "save", "rename", "rmtree", "copyfile")
FUNCTIONS = ("shutil.copy", "shutil.copytree", "shutil.move", "os.remove", "os.chdir", "write_text", "write_bytes")
COMMANDS = ("os.system", "os.popen", "subprocess.run", "subprocess.call", "subprocess.check_output", "subprocess.Popen")
USERS = (
    "Path.home",
    "expanduser",
    "os.getenv",
    "os.environ.get",
    "getpass.getuser",
    "os.getlogin",
    "socket.gethostname",
)
NETWORK = re.compile(r"(?:^|\.)urlopen$|^(?:requests|httpx|urllib3)\.\w+$|(?:^|\.)urlretrieve$")
REMOTE = re.compile(r"(?:https?|ftp)://", re.I)
RANDOM = ("random", "numpy.random")
OURS = {"out", "shelf"}


def find_doubts(path: Path) -> Iterator[str]:
    """Yield what is doubtful about one notebook."""
    names = {parameter.name for parameter in read_parameters(path)}
    is_seeded, drawn = False, set[str]()
    for number, cell in enumerate(read_notebook(path)["cells"], start=1):
        source = read_source(cell)
        if cell["cell_type"] != "code" or not source.strip():
            continue
        where = f"{path.name} cell {number} ({source.strip().splitlines()[0][:40]!r})"
        if cell.get("outputs"):
            yield f"{where}: holds outputs; commit notebooks without (make lab sets up nbstripout)"
        if ABSOLUTE.search(source):
            yield f"{where}: names an absolute path; it holds on one machine only"
        if SHELL.search(source):
            yield f"{where}: runs a command of the shell or of Jupyter; a run cannot tell what it reads or writes"
        body = parse_cell(source)
        if not body and has_code(source):
            yield f"{where}: is no Python; a run stops here"
        drawn |= list_drawn(body)
        is_seeded = is_seeded or any(name.rpartition(".")[2] == "seed" for name, _ in list_calls(body))
        for doubt in list_code_doubts(body, is_seeded, drawn):
            yield f"{where}: {doubt}"
        if "parameters" not in cell.get("metadata", {}).get("tags", []):
            for name in list_assigned(body) & names:
                yield f"{where}: sets the parameter {name!r} again; a value given to the run is lost"


def parse_cell(source: str) -> list[ast.stmt]:
    """Parse a cell without the lines that are not Python; nothing when it does not parse."""
    kept = [line if not SHELL.match(line) else re.sub(r"\S.*", "pass", line) for line in source.splitlines()]
    try:
        return ast.parse("\n".join(kept)).body
    except SyntaxError:
        return []


def list_calls(body: Sequence[ast.stmt]) -> list[tuple[str, ast.Call]]:
    """Return every call of a cell with the name it is called by."""
    nodes = (node for statement in body for node in ast.walk(statement))
    return [(ast.unparse(node.func), node) for node in nodes if isinstance(node, ast.Call)]


def has_code(source: str) -> bool:
    """Tell whether a cell holds more than remarks, and nothing that Jupyter alone understands."""
    lines = [line.strip() for line in source.splitlines()]
    ours = any(line.startswith(("!", "%", "?")) or line.endswith("?") for line in lines)
    return not ours and any(line and not line.startswith("#") for line in lines)


def list_drawn(body: Sequence[ast.stmt]) -> set[str]:
    """Return the names that a cell imports from the modules that draw random numbers."""
    nodes = (node for statement in body for node in ast.walk(statement) if isinstance(node, ast.ImportFrom))
    names = {alias.asname or alias.name for node in nodes if node.module in RANDOM for alias in node.names}
    return names - {*SEEDED}


def list_code_doubts(body: Sequence[ast.stmt], is_seeded: bool, drawn: set[str]) -> Iterator[str]:
    """Yield what the calls of a cell do that a run should not."""
    for name, call in list_calls(body):
        last = name.rpartition(".")[2]
        if name in EXITS:
            yield "ends the notebook early; a run takes that for a failure"
        if name.endswith(CLOCKS):
            yield f"asks the clock or chance ({name}); two runs will differ"
        if name in COMMANDS:
            yield f"runs a command ({name}); a run cannot tell what it reads or writes"
        if name.endswith(USERS):
            yield f"asks who runs it, or where ({name}); another user gets another result"
        if NETWORK.search(name) or reads_remote(call):
            yield f"asks the network ({name}); a run may have none, and what it gets may change"
        if name == "input":
            yield "waits for a person; in a run there is none"
        if (is_random(name, call) or name in drawn) and not is_seeded:
            yield f"draws random numbers without a seed ({name}); two runs will differ"
        if is_writer(name, call) and not {node.id for node in ast.walk(call) if isinstance(node, ast.Name)} & OURS:
            yield f"writes ({last}) elsewhere than to the folder `out`; a run publishes only what stands there"
    if any(is_name(statement, ("exit", "quit")) for statement in body):
        yield "ends the notebook early; a run takes that for a failure"


def reads_remote(call: ast.Call) -> bool:
    """Tell whether a function that reads is given an address."""
    name = ast.unparse(call.func).rpartition(".")[2]
    given = (word.value for word in call.args if isinstance(word, ast.Constant))
    return name.startswith("read_") and any(REMOTE.match(str(value)) for value in given)


def is_name(statement: ast.stmt, names: Sequence[str]) -> bool:
    """Tell whether a line is one of these names alone."""
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Name) and statement.value.id in names


def is_random(name: str, call: ast.Call) -> bool:
    """Tell whether a call draws random numbers that nobody seeded."""
    last = name.rpartition(".")[2]
    if last in ("default_rng", "RandomState", "Random"):
        return not call.args and not call.keywords
    if last == "sample" and name != "random.sample":
        return "random_state" not in {keyword.arg for keyword in call.keywords}
    return bool(re.match(r"(?:np\.|numpy\.)?random\.\w+$", name)) and last not in SEEDED


def is_writer(name: str, call: ast.Call) -> bool:
    """Tell whether a call writes a file."""
    last = name.rpartition(".")[2]
    if last == "open":
        modes = [*call.args[1:2], *(keyword.value for keyword in call.keywords if keyword.arg == "mode")]
        modes += call.args[:1] if "." in name else []
        return any(
            isinstance(mode, ast.Constant) and re.fullmatch(r"[rwaxbt+]*[wax+][bt+]*", str(mode.value))
            for mode in modes
        )
    if re.fullmatch(r"to_(?:csv|json|excel|parquet|pickle|feather|html|latex|markdown|stata|hdf)", last):
        return bool(call.args or {"path", "path_or_buf", "excel_writer", "buf"} & {word.arg for word in call.keywords})
    return name in FUNCTIONS or (last in WRITERS and "." in name)


def list_assigned(body: Sequence[Any]) -> set[str]:
    """Return the names that a cell sets."""
    nodes = (node for statement in body for node in ast.walk(statement))
    return {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
