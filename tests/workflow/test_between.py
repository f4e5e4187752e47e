"""Every file of a results folder emptied, cut, of another format or lacking a part, and every command that reads it."""

import json
import shutil
from fnmatch import fnmatchcase
from importlib import import_module
from pathlib import Path

import h5py
import numpy as np
import pandas as pd
import pytest

from geojeom import cli
from geojeom.errors import GeojeomError
from tests.workflow.conftest import bring
from tests.workflow.copies import COMMANDS, TOWN


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Results of a small town."""
    results = tmp_path_factory.mktemp("between")
    [folder] = cli.function("simulation", "resolve")([str(TOWN / "region.yaml")], results)
    bring(Path(folder))
    return Path(folder)


def without_a_part(path: Path) -> bytes:
    """The file without its first column, key, array or variable."""
    partial = path.with_name("partial")
    match path.suffix:
        case ".parquet":
            frame = pd.read_parquet(path)
            frame.iloc[:, 1:].to_parquet(partial)
        case ".csv":
            pd.read_csv(path, encoding="utf-8-sig").iloc[:, 1:].to_csv(partial, index=False)
        case ".json":
            partial.write_text(json.dumps(dict(list(json.loads(path.read_text("utf-8")).items())[1:])), "utf-8")
        case ".npz":
            with np.load(path) as stored, partial.open("wb") as out:
                np.savez(out, **{name: stored[name] for name in list(stored)[1:]})
        case ".nc":
            shutil.copy(path, partial)
            with h5py.File(partial, "a") as data:
                del data["adopters"]
    raw = partial.read_bytes()
    partial.unlink()
    return raw


def other(path: Path) -> bytes:
    """Something whole of another format under the same name."""
    return b'{"a": [1]}' if path.suffix != ".json" else b"a,b\n1,2\n"


DAMAGE = {
    "emptied": lambda path: b"",
    "cut": lambda path: path.read_bytes()[: path.stat().st_size // 2],
    "cut at its end": lambda path: path.read_bytes()[:-5],
    "another format": other,
    "without a part": without_a_part,
}


def reads(step: tuple[str, str]) -> list[str]:
    command = COMMANDS[step]
    return ["region.json", *command.reads]


CASES = [(step, file) for step in COMMANDS for file in reads(step)]


@pytest.mark.parametrize(("step", "file"), CASES, ids=[f"{room}-{name}-{file}" for (room, name), file in CASES])
def test_a_broken_file_is_a_fault_that_names_the_command_that_writes_it(town, step, file):
    path = town / file
    whole = path.read_bytes()

    def dates() -> dict[Path, int]:
        return {path: path.stat().st_mtime_ns for name in COMMANDS[step].writes for path in sorted(town.glob(name))}

    written = dates()
    assert written
    maker = next((step for step, c in COMMANDS.items() if any(fnmatchcase(file, name) for name in c.writes)), None)
    try:
        for how, damage in DAMAGE.items():
            if file == "region.json" and how == "without a part":
                continue  # of which a command uses some
            path.write_bytes(whole)
            path.write_bytes(damage(path))
            with pytest.raises(GeojeomError) as caught:
                import_module(f"{step[0]}.commands.{step[1]}").run(town)
            said = str(caught.value)
            assert file in said, (how, said)
            expected = f"`geojeom {' '.join(maker)} {town}`" if maker else "`geojeom spatial resolve REGION.yaml`"
            assert expected in said, (how, said)
            assert written == dates(), how
    finally:
        path.write_bytes(whole)


@pytest.mark.parametrize("step", COMMANDS, ids="-".join)
def test_an_absent_file_is_a_fault_that_names_the_command_that_writes_it(town, step):
    # The rules of a round are held without a plan as well: what it costs is unknown then.
    optional = {"plan.parquet"} if step == ("decisions", "programme") else set()
    for file in set(COMMANDS[step].reads) - optional:
        aside = (town / file).rename(town / "aside")
        try:
            with pytest.raises(GeojeomError, match=r"no such file. Run `geojeom ") as caught:
                import_module(f"{step[0]}.commands.{step[1]}").run(town)
            assert file in str(caught.value)
        finally:
            aside.rename(town / file)
