"""Names of files in the rules of the workflow."""

from __future__ import annotations

from geojeom.cli import ROOMS, command_names
from geojeom.pipeline import declared_in
from geojeom.rules import _word


def test_no_two_files_of_a_command_have_one_name_in_its_rule() -> None:
    """Of two, the rule would know the last only, and nothing would make the other."""
    for command in declared_in({room: command_names(room) for room in ROOMS}).values():
        for files in (command.writes, [*command.reads, *dict(command.reads_where)]):
            names = {file: _word(file) for file in files if "*" not in file and "/" not in file}
            assert len(set(names.values())) == len(names), names
