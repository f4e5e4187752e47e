"""What the commands share: files between the steps that are absent or broken, and folders that cannot be written."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from geojeom.app import start
from geojeom.catalogues import CATALOGUES
from geojeom.errors import FolderError, SourceError
from geojeom.results import configuration
from spatial.config.resolve import resolve, write


@pytest.mark.parametrize("content", [b"", b'{"region": {', b"[]", b"\xff\xfe"])
def test_a_broken_configuration_says_what_to_run(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "region.json").write_bytes(content)
    with pytest.raises(SourceError, match="expected a whole file, found a damaged one") as caught:
        configuration(tmp_path)
    assert "Delete it and run `geojeom spatial resolve REGION.yaml` again." in str(caught.value)


def test_a_broken_configuration_is_written_again(tmp_path: Path) -> None:
    resolved = resolve(CATALOGUES / "regions" / "haemil.yaml", made_below=str(CATALOGUES))
    (tmp_path / "region.json").write_bytes(b"\xff")
    write(resolved, tmp_path)
    assert configuration(tmp_path) == resolved.plain


def test_a_log_that_cannot_be_written_is_a_readable_fault(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("")
    with pytest.raises(FolderError, match=r"a folder where x.log can be written, found a file in its place"):
        start(tmp_path / "logs" / "x.log", 1)


def test_a_configuration_of_another_version_says_what_to_run(tmp_path: Path) -> None:
    (tmp_path / "region.json").write_text('{"region": {"sources": {"dem": null}}}', encoding="utf-8")
    found = configuration(tmp_path)
    assert found["region"]["sources"] == {"dem": None}
    for lacking in (lambda: found["profiles"], lambda: found["region"]["sources"]["parcels"]):
        with pytest.raises(
            SourceError, match=r"none: another version of Geojeom wrote it, .*un `geojeom spatial resolve"
        ):
            lacking()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_of_the_log_leaves_the_fault_alone(tmp_path: Path) -> None:
    code = (
        "import pathlib, typer\n"
        "from geojeom.app import run_app, start\n"
        "from geojeom.errors import Fault, SourceError\n"
        "def broken():\n"
        "    start(pathlib.Path('/dev/full'), 1)\n"
        "    raise SourceError(Fault('a.csv', 'a table', 'none', 'Write one.'))\n"
        "run_app(broken)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "a.csv: expected a table, found none. Write one." in done.stderr
    assert "Logging error" not in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("command", [["--help"], ["spatial", "--help"], ["maps", "where", "."], ["spatial", "check"]])
def test_a_full_disk_of_what_is_printed_is_said_and_no_bug(tmp_path: Path, command: list[str]) -> None:
    region = Path(__file__).resolve().parents[1] / "cases" / "busway" / "region.yaml"
    asked = [*command, str(region)] if command[-1] == "check" else command
    (tmp_path / "region.json").write_text("{}", encoding="utf-8")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "geojeom.cli", *asked],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert "Traceback" not in done.stderr
    assert "fault of Geojeom" not in done.stderr
    assert done.returncode == 1


@pytest.mark.slow
@pytest.mark.parametrize("command", [["--help"], ["spatial", "check"]])
def test_a_reader_that_has_had_enough_ends_the_command_in_silence(tmp_path: Path, command: list[str]) -> None:
    region = Path(__file__).resolve().parents[1] / "cases" / "busway" / "region.yaml"
    asked = [*command, str(region)] if command[-1] == "check" else command
    reads, writes = os.pipe()
    os.close(reads)
    with os.fdopen(writes, "w") as closed:
        done = subprocess.run(
            [sys.executable, "-m", "geojeom.cli", *asked],
            cwd=tmp_path,
            stdout=closed,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr
    assert done.returncode == 1


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="needs two cores")
@pytest.mark.parametrize(("set_before", "expected"), [(None, "2"), ("1", "1")])
def test_the_last_number_of_threads_counts_unless_the_user_has_set_it(set_before: str | None, expected: str) -> None:
    # `geojeom run` asks for all cores after the command line's default of one thread has been set.
    asked = "from geojeom.app import set_threads\nset_threads(1)\nset_threads(2)\n"
    code = f"{asked}import numba\nprint(numba.get_num_threads())"
    env = {name: value for name, value in os.environ.items() if name != "NUMBA_NUM_THREADS"}
    env |= {"NUMBA_NUM_THREADS": set_before} if set_before else {}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == expected
