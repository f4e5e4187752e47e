"""Nothing that one system alone has is used without a way round it, so that Geojeom can run on Windows too.

What could not be tried there is the rest: libraries, consoles and the names of files.
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import types
from collections.abc import Iterator
from pathlib import Path

import pytest

from geojeom import lock

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("geojeom", "spatial", "simulation", "decisions", "maps", "data")
# Modules and functions that the documentation of Python gives as those of Unix.
MODULES = {"fcntl", "resource", "termios", "tty", "pty", "pwd", "grp", "posix", "syslog", "readline", "curses", "crypt"}
FUNCTIONS = {
    "os": {
        *("fork", "forkpty", "getuid", "geteuid", "getgid", "setuid", "setsid", "killpg", "getpgid", "wait3", "wait4"),
        *(
            "mkfifo",
            "mknod",
            "nice",
            "sched_getaffinity",
            "statvfs",
            "getloadavg",
            "sysconf",
            "chown",
            "lockf",
            "uname",
        ),
        *("posix_fadvise", "posix_fallocate", "pread", "pwrite", "sendfile", "sync", "O_NOFOLLOW", "WNOHANG"),
    },
    "signal": {"SIGKILL", "SIGHUP", "SIGUSR1", "SIGUSR2", "SIGALRM", "alarm", "setitimer", "pause"},
}
ARGUMENTS = {"preexec_fn", "start_new_session", "process_group"}
GUARDS = ("platform", "hasattr", "ImportError", "AttributeError")


def files() -> Iterator[Path]:
    for room in ROOMS:
        yield from (path for path in sorted((ROOT / room).rglob("*.py")) if "node_modules" not in path.parts)


def guarded(tree: ast.AST) -> set[ast.AST]:
    """What stands under a condition or attempt that asks whether the system has it."""
    out: set[ast.AST] = set()
    for node in ast.walk(tree):
        asked = [node.test] if isinstance(node, ast.If | ast.IfExp) else getattr(node, "handlers", [])
        if any(word in ast.unparse(part) for part in asked for word in GUARDS):
            out |= set(ast.walk(node))
        # After `if sys.platform == "win32": ... return` the rest of the block is for the others.
        block = getattr(node, "body", None)
        for at, one in enumerate(block if isinstance(block, list) else []):
            ends = isinstance(one, ast.If) and isinstance(one.body[-1], ast.Return | ast.Raise)
            if ends and "platform" in ast.unparse(one.test):
                out |= {inner for rest in block[at + 1 :] for inner in ast.walk(rest)}
    return out


def used(node: ast.AST) -> Iterator[str]:
    """What of Unix alone a node of the syntax tree names."""
    if isinstance(node, ast.Import | ast.ImportFrom):
        names = [getattr(node, "module", None) or "", *(alias.name for alias in node.names)]
        yield from (name for name in names if name.split(".")[0] in MODULES)
    elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        if node.attr in FUNCTIONS.get(node.value.id, ()):
            yield f"{node.value.id}.{node.attr}"
    elif isinstance(node, ast.Call):
        arguments = {keyword.arg or "": keyword.value for keyword in node.keywords}
        yield from ARGUMENTS & set(arguments)
        if ast.unparse(arguments.get("shell", ast.Constant(False))) != "False":
            yield "shell"
        if "get_context" in ast.unparse(node.func) and "fork" in ast.unparse(node):
            yield "fork"


def one_systems_alone(tree: ast.AST) -> list[str]:
    """What of Unix a module uses without asking whether it is there."""
    safe = guarded(tree)
    return sorted(name for node in ast.walk(tree) if node not in safe for name in used(node))


@pytest.mark.slow
def test_no_module_needs_what_only_unix_has() -> None:
    found = {
        str(path.relative_to(ROOT)): names
        for path in files()
        if (names := one_systems_alone(ast.parse(path.read_text("utf-8"))))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("import fcntl", ["fcntl"]),
        ("from resource import getrusage", ["resource"]),
        ("def f():\n    return os.fork()", ["os.fork"]),
        ("subprocess.run(x, shell=True)", ["shell"]),
        ("multiprocessing.get_context('fork')", ["fork"]),
        ("os.kill(pid, signal.SIGKILL)", ["signal.SIGKILL"]),
        ("if sys.platform == 'win32':\n    import msvcrt\nelse:\n    import fcntl", []),
        ("try:\n    import resource\nexcept ImportError:\n    resource = None", []),
        ("n = os.nice(1) if hasattr(os, 'nice') else 0", []),
        ("def f():\n    if sys.platform == 'win32':\n        return 1\n    return os.fork()", []),
    ],
)
def test_the_search_itself(code: str, found: list[str]) -> None:
    assert one_systems_alone(ast.parse(code)) == found


# As on Windows: our modules find none of Unix's, and the lock is that of msvcrt.
AS_ON_WINDOWS = """
import builtins, importlib, pkgutil, sys, types
import geojeom
rooms, barred = set(sys.argv[1].split()), set(sys.argv[2].split())
real = builtins.__import__

def checked(name, globals=None, locals=None, fromlist=(), level=0):
    if name.split(".")[0] in barred and ((globals or {}).get("__name__") or "").split(".")[0] in rooms:
        raise ModuleNotFoundError(f"No module named {name!r}")
    return real(name, globals, locals, fromlist, level)

builtins.__import__ = checked
sys.modules["msvcrt"] = types.ModuleType("msvcrt")
system, sys.platform = sys.platform, "win32"
importlib.import_module("geojeom.lock")
sys.platform = system
del sys.modules["msvcrt"]
count = 0
for room in sorted(rooms):
    for module in pkgutil.walk_packages(importlib.import_module(room).__path__, room + "."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
            count += 1
print(count)
"""


@pytest.mark.slow
def test_every_module_is_imported_where_those_of_unix_are_not() -> None:
    rooms = [room for room in ROOMS if room != "data"]
    command = [sys.executable, "-c", AS_ON_WINDOWS, " ".join(rooms), " ".join(sorted(MODULES))]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 150


def test_the_lock_of_windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One byte far behind the file's text is locked; who finds it locked is told so."""
    held: dict[tuple[int, int], int] = {}

    def locking(file: int, mode: int, size: int) -> None:
        place = (os.fstat(file).st_ino, os.lseek(file, 0, os.SEEK_CUR))
        if mode == windows.LK_NBLCK and place in held:
            raise PermissionError(13, "Permission denied")
        held[place] = size

    windows = types.SimpleNamespace(LK_NBLCK=2, locking=locking)
    monkeypatch.setattr(lock, "msvcrt", windows, raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    first = lock.take(tmp_path / ".lock")
    assert first is not None
    assert lock.take(tmp_path / ".lock") is None
    assert lock.owner(tmp_path / ".lock") == f"process {os.getpid()}"
    assert list(held.values()) == [1]
    assert all(at > 1000 for _, at in held)
    lock.release(first)
