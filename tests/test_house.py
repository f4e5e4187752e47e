"""The house: rooms use one another one way, folders inside a room never in a circle, files flow the same way."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import networkx as nx
import pytest

from geojeom.cli import command_names
from geojeom.command import Command
from geojeom.pipeline import declared_in, in_order, writers

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("spatial", "simulation", "decisions", "maps")
# The only modules of the ground floor that may name a room.
DOORS = {("geojeom", "cli"), ("geojeom", "__init__")}
IN_A_ROOM = rf"({'|'.join(ROOMS)})([./][\w./*-]+)?"
# Of the scripts of the pages: a module uses those of lower floors and of its own folder.
WEB = ROOT / "maps" / "web"
FLOORS = {"lib": 0, "rank": 1, "book": 1, "map": 2, "ui": 3, "compare": 4, "diffusion": 4, "report": 4}
SCRIPTS = [path for folder in FLOORS for path in sorted((WEB / folder).glob("*.js"))]
SCRIPT_IMPORT = re.compile(r'^(?:import|export) (?:[^"\n;]*? from )?"([^"]+)";|^\} from "([^"]+)";', re.MULTILINE)


def module(path: Path) -> tuple[str, ...]:
    return path.relative_to(ROOT).with_suffix("").parts


def imports() -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Who imports whom among our modules, each as its parts (spatial, streets, kernel)."""
    files = [path for room in ("geojeom", *ROOMS) for path in sorted((ROOT / room).rglob("*.py"))]
    ours = {module(path) for path in files}
    pairs = []
    for path in files:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                base = tuple(node.module.split("."))
                targets = {base, *((*base, alias.name) for alias in node.names)}
                pairs += [(module(path), target) for target in sorted(targets & ours)]
            elif isinstance(node, ast.Import):
                targets = {tuple(alias.name.split(".")) for alias in node.names}
                pairs += [(module(path), target) for target in sorted(targets & ours)]
    assert len(pairs) > 300
    return pairs


def script_imports() -> list[tuple[str, str]]:
    """Which script of the pages imports which, each as its path below maps/web."""
    pairs = []
    for path in SCRIPTS:
        names = [match[1] or match[2] for match in SCRIPT_IMPORT.finditer(path.read_text(encoding="utf-8"))]
        for name in names:
            if not name.startswith("."):
                continue  # a library
            target = (path.parent / name).resolve()
            assert target.is_file(), f"{path}: {target}"
            pairs.append((path.relative_to(WEB).as_posix(), target.relative_to(WEB).as_posix()))
    assert len(pairs) > 150
    return pairs


def pipeline() -> dict[tuple[str, str], Command]:
    """The declared commands: (room, command) -> what it reads and writes."""
    commands = declared_in({room: command_names(room) for room in ROOMS})
    assert len(commands) > 12
    return commands


def test_rooms_use_one_another_one_way() -> None:
    floor = {room: number for number, room in enumerate(("geojeom", *ROOMS))}
    wrong = [
        (user, used)
        for user, used in imports()
        if user not in DOORS and (floor[used[0]] > floor[user[0]] or used[-1] == "__main__")
    ]
    assert wrong == []


def naming_rooms(tree: ast.AST) -> list[str]:
    """Texts of a module by which it names a room or something in one: not docstrings, nor sentences for people."""
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return [text.value for text in texts if id(text) not in docs and re.fullmatch(IN_A_ROOM, text.value)]


def test_the_ground_floor_names_rooms_at_its_doors_alone() -> None:
    named = {
        module(path)
        for path in (ROOT / "geojeom").rglob("*.py")
        if naming_rooms(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert named == DOORS
    assert naming_rooms(ast.parse('"""spatial"""\ncall("maps.explore")\ntell("geojeom maps")')) == ["maps.explore"]


def test_no_module_uses_a_command_of_another() -> None:
    assert [pair for pair in imports() if "commands" in pair[1] and pair[1] != pair[0]] == []


@pytest.mark.parametrize("room", ["geojeom", *ROOMS])
def test_folders_of_a_room_never_use_one_another_in_a_circle(room: str) -> None:
    places = nx.DiGraph(
        (user[:2], used[:2]) for user, used in imports() if user[0] == used[0] == room and user[:2] != used[:2]
    )
    assert list(nx.simple_cycles(places)) == []


def test_no_room_reads_a_file_that_a_higher_room_writes() -> None:
    floor = {room: number for number, room in enumerate(ROOMS)}
    commands = pipeline()
    writer = writers(commands)
    wrong = [
        (room, name, file)
        for (room, name), command in commands.items()
        for file in (*command.reads, *command.reads_where)
        if floor[writer(file)[0]] > floor[room]
    ]
    assert wrong == []


def test_every_file_is_written_by_one_command_and_the_steps_have_an_order() -> None:
    commands = pipeline()
    written = sorted(file for command in commands.values() for file in command.writes)
    assert [one for one, other in pairwise(written) if one == other] == []
    assert len(in_order(commands)) == len(commands)


def height(node: ast.stmt) -> int:
    """How many lines a statement takes."""
    assert node.end_lineno is not None
    return node.end_lineno - node.lineno + 1


def functions(path: Path) -> list[tuple[str, int, int]]:
    """The functions of a file: their names, how many lines they take, and how many of these their docstrings."""
    return [
        (node.name, height(node), height(node.body[0]) if ast.get_docstring(node) is not None else 0)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


# ESLint counts the functions of the pages without their JSDoc: here, too, docstrings make nothing longer.
def test_files_are_short() -> None:
    long = {}
    for room in ("geojeom", *ROOMS):
        for path in (ROOT / room).rglob("*.py"):
            lines = len(path.read_text(encoding="utf-8").splitlines())
            if lines > 450 and (left := lines - sum(docstring for _, _, docstring in functions(path))) > 450:
                long[str(path.relative_to(ROOT))] = left
    assert long == {}


def test_functions_are_short() -> None:
    paths = [path for room in ("geojeom", "data", *ROOMS) for path in sorted((ROOT / room).rglob("*.py"))]
    lengths = {
        f"{path.relative_to(ROOT)}: {name}": lines - docstring
        for path in paths
        if "node_modules" not in path.parts
        for name, lines, docstring in functions(path)
    }
    assert len(lengths) > 1500
    assert {name: length for name, length in lengths.items() if length > 60} == {}


def test_scripts_use_one_another_one_way_and_never_in_a_circle() -> None:
    def allowed(user: str, used: str) -> bool:
        return user == used or FLOORS[used] < FLOORS[user]

    pairs = script_imports()
    assert [pair for pair in pairs if not allowed(*(name.split("/")[0] for name in pair))] == []
    assert list(nx.simple_cycles(nx.DiGraph(pairs))) == []


def test_scripts_share_no_global_object() -> None:
    for path in SCRIPTS:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\b(window|globalThis|self)\.\w+ = ", text), path


# Who writes the values of criteria that the simulation knows, who joins them to those of the map, and the notebook's
# name of the table. Whoever else needs them asks decisions.folder; commands only declare that they do.
JOINED = {"simulation/commands/candidates.py", "decisions/folder.py", "geojeom/notebook.py"}
DECLARED = {"COMMAND", "FILES"}


def test_values_of_criteria_are_joined_in_one_place() -> None:
    naming = set()
    for room in ("geojeom", *ROOMS):
        for path in (ROOT / room).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            stated = [node for node in tree.body if isinstance(node, ast.Assign)]
            apart = {inner for node in stated if ast.unparse(node.targets[0]) in DECLARED for inner in ast.walk(node)}
            texts = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and node not in apart]
            if any(text.value in {"criteria_diffusion", "criteria_diffusion.parquet"} for text in texts):
                naming.add(path.relative_to(ROOT).as_posix())
    assert naming == JOINED


# Quantiles of what is no world: breaks between the colours of a map, the box that most places lie in.
OF_NO_WORLDS = {"maps/geopackage.py", "maps/layers.py", "spatial/drafting/files.py", "spatial/drafting/tables.py"}


def test_quantiles_over_worlds_come_from_one_function() -> None:
    own, ready = set(), {"quantile", "nanquantile", "percentile", "nanpercentile", "mquantiles"}
    for room in ("geojeom", *ROOMS):
        for path in (ROOT / room).rglob("*.py"):
            nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            called = {ast.unparse(node.func).rpartition(".")[2] for node in nodes if isinstance(node, ast.Call)}
            if called & ready:
                own.add(path.relative_to(ROOT).as_posix())
    assert own == OF_NO_WORLDS


# The one module for each library, or the few, whose private names ours use; each says why.
PRIVATE = {
    "geojeom/kernels.py",  # numba
    "maps/elements.py",  # branca, on which Folium stands
    "maps/document/docx.py",  # python-docx
    "maps/document/template.py",
    "spatial/reading/osm_extract.py",  # osmnx
    "spatial/reading/raster.py",  # rasterio
}
# What a namedtuple and a node of Python's syntax tree have of their own, by public documentation.
DOCUMENTED = {"_replace", "_asdict", "_fields", "_exit"}


def private_names(path: Path) -> Iterator[str]:
    """The private names of others that a module uses: of what it does not define itself."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    own = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) not in {"self", "cls"}:
            names = [node.attr]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [*node.module.split("."), *(alias.name for alias in node.names)]
        elif isinstance(node, ast.ClassDef):
            parts = [part.targets[0] for part in node.body if isinstance(part, ast.Assign)]
            names = [part.id for part in parts if isinstance(part, ast.Name) and node.bases]
        yield from (name for name in names if re.match(r"_[^_]", name) and name not in own | DOCUMENTED)


def test_private_names_of_libraries_stand_in_few_modules() -> None:
    paths = [path for room in ("geojeom", *ROOMS) for path in (ROOT / room).rglob("*.py") if "web" not in path.parts]
    users = {path.relative_to(ROOT).as_posix() for path in paths if [*private_names(path)]}
    assert users == PRIVATE
    assert {"_id", "_children", "_template"} <= set(private_names(ROOT / "maps" / "elements.py"))


# What the region file says, by the names that parameters have for it.
SETTINGS = {"region", "resolved", "source", "sources", "spec", "specs", "settings", "config", "configuration", "plain"}


def test_settings_are_handed_on_as_models() -> None:
    wrong, typed = [], 0
    for path in sorted((ROOT / "spatial").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.FunctionDef):
                continue
            for one in (*node.args.args, *node.args.kwonlyargs):
                if one.arg not in SETTINGS or one.annotation is None:
                    continue
                plain = re.search(r"(dict|Mapping)\[str, Any\]", ast.unparse(one.annotation))
                typed += plain is None
                if plain:
                    wrong.append((path.name, node.name, one.arg))
    assert wrong == []
    assert typed > 40
