"""Grid statistics in all their spellings. 라아0000 is the 1 km square whose corner is (1,000,000, 2,000,000)."""

from pathlib import Path

import pandas as pd
import pytest

from geojeom.errors import SourceError
from spatial.counts.sgis import read_sgis
from spatial.counts.units import SquareUnits
from spatial.reading.provenance import Account, Ledger
from spatial.reading.square_grid import SquareGrid
from spatial.sources.codes import CodeAliases
from tests.spatial.files import area, source_of
from tests.spatial.whole import read_counts

ROWS = [
    "2024,라아00a00a,to_in_001,10",
    "2024,라아00b00a,to_in_001,5",
    "2024,라아00a00a,to_ga_001,4",
]
POPULATION = {"population": ["to_in_001"]}


def write(folder: Path, rows: list[str], encoding: str = "utf-8", header: bool = False, separator: str = ",") -> str:
    lines = (["기준연도,격자코드,통계항목,통계값"] if header else []) + rows
    (folder / "g.csv").write_bytes("\n".join(lines).replace(",", separator).encode(encoding))
    return str(folder / "g.csv")


def read(path: str, columns: dict[str, list[str]] = POPULATION, year: str | None = None):
    ledger, account = Ledger("g"), Account()
    totals, size_m = read_sgis(path, columns, year, ledger, account)
    return totals, size_m, ledger, account


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
@pytest.mark.parametrize("header", [False, True])
@pytest.mark.parametrize("separator", [",", "^"])
def test_every_spelling_gives_the_same_cells(tmp_path: Path, encoding: str, header: bool, separator: str) -> None:
    totals, size_m, ledger, account = read(write(tmp_path, ROWS, encoding, header, separator))
    assert totals["population"].to_dict() == {"라아00a00a": 10, "라아00b00a": 5}
    assert size_m == 500
    assert (ledger.read, ledger.dropped) == (3, {"of statistics not asked for": 1})
    assert [column for column, _ in account.estimates] == ["population"]


def test_several_statistics_add_up_and_a_missing_row_is_unknown(tmp_path: Path) -> None:
    rows = ["2024,라아0000,to_in_014,3", "2024,라아0000,to_in_015,4", "2024,라아0100,to_in_014,5"]
    totals, size_m, ledger, _ = read(write(tmp_path, rows), {"elderly": ["to_in_014", "to_in_015"]})
    assert totals["elderly"]["라아0000"] == 7
    assert pd.isna(totals["elderly"]["라아0100"])
    assert size_m == 1_000
    assert "elderly: 1 of 2 cells lack a row and are unknown, not zero" in ledger.notes


def test_the_same_row_again_counts_once_and_another_year_not_at_all(tmp_path: Path) -> None:
    rows = [*ROWS, ROWS[0], "2023,라아00a00a,to_in_001,99"]
    totals, _, ledger, _ = read(write(tmp_path, rows), year="2024")
    assert totals["population"].sum() == 15
    assert ledger.dropped == {"of other years": 1, "of statistics not asked for": 1, "the same row again": 1}


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (["2024,라아0000,to_in_001"], "line 1: expected rows of year, cell, statistic and value .* found 3 fields"),
        (
            ["2024,라아0000,to_in_001,1", "2024,라아0100,to_in_001,1,9"],
            "line 2: expected 4 values, as in the lines above",
        ),
        (["2024,라아0000,to_in_001,1", "2024,라아0100"], "row 2: expected rows of year, .* found only 2 of them"),
        (["2024,라아0000,to_ga_001,1"], "expected the statistic to_in_001, found to_ga_001"),
        (["2024,라아0000,to_in_001,1", "2023,라아0000,to_in_001,1"], "expected one year, found 2023, 2024"),
        (["2024,라아0000,to_in_001,1", "24,라아0100,to_in_001,1"], "row 2, year: expected a year, found '24'"),
        (["2024,라아0000,to_in_001,many"], "expected a number, found 'many'"),
        (["2024,라아0000,to_in_001,-3"], "expected a whole number, 0 or more, found '-3'"),
        (["2024,ZZ0000,to_in_001,3"], "cell: expected a national grid name such as 다사551085, found 'ZZ0000'"),
        (
            ["2024,라아0000,to_in_001,1", "2024,라아000000,to_in_001,1"],
            "expected cells of one size, found 100 m, 1000 m",
        ),
        (
            ["2024,라아0000,to_in_001,1", "2024,라아0000,to_in_001,2"],
            "row 2, value: expected each cell and statistic once, found to_in_001 of 라아0000 again",
        ),
    ],
)
def test_grids_that_cannot_be_used(tmp_path: Path, rows: list[str], message: str) -> None:
    with pytest.raises(SourceError, match=message):
        read(write(tmp_path, rows))


def test_all_faults_of_a_file_at_once_by_the_rows_of_the_file(tmp_path: Path) -> None:
    rows = [
        "2024,라아0000,to_ga_001,N/A?",  # not asked for: nobody minds
        "2024,라아0000,to_in_001,1",
        "24,라아0100,to_in_001,1",
        "2024,라아0200,to_in_001,many",
        "2024,ZZ0300,to_in_001,1",
        "2024,라아0000,to_in_001,2",
    ]
    with pytest.raises(SourceError) as error:
        read(write(tmp_path, rows, header=True), POPULATION | {"jobs": ["to_em_020"]})
    told = [str(fault).split("g.csv", 1)[1] for fault in error.value.faults]
    assert told == [
        ", row 3, year: expected a year, found '24'. Correct the row.",
        (
            ", statistic: expected the statistic to_em_020, found to_ga_001, to_in_001. "
            "Correct `columns:` in the region file."
        ),
        ", row 4, value: expected a number, found 'many'. Correct the value, or leave it blank where it is unknown.",
        (
            ", row 6, value: expected each cell and statistic once, found to_in_001 of 라아0000 again with another "
            "value. Keep the right one."
        ),
        (
            ", row 5, cell: expected a national grid name such as 다사551085, found 'ZZ0300'. "
            "Correct the name, or leave the row out."
        ),
    ]


def test_a_spreadsheet_is_refused(tmp_path: Path) -> None:
    (tmp_path / "grid.xls").write_bytes(b"x")
    with pytest.raises(SourceError, match=r"found a spreadsheet. Save it as CSV"):
        read(str(tmp_path / "grid.xls"))


def test_an_empty_file_and_none_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="expected a CSV table with one header line, found an empty file"):
        read(write(tmp_path, []))
    with pytest.raises(SourceError, match="found no rows"):
        read(write(tmp_path, [], header=True))
    with pytest.raises(SourceError, match="no such file"):
        read(str(tmp_path / "none.csv"))


def units(path: str, width_m: float = 1000) -> SquareUnits:
    spec = source_of("counts", kind="sgis_grid", path=path, columns=POPULATION)
    found = read_counts(spec, "c", area(width_m, 500), None, aliases=CodeAliases(changes=[]), account=Account())
    assert isinstance(found, SquareUnits)
    return found


def test_squares_of_the_grid_hold_their_cells(tmp_path: Path) -> None:
    found = units(write(tmp_path, ROWS))
    lattice = SquareGrid.over((1_000_000, 2_000_000, 1_000_999, 2_000_499), 100)
    unit, square = found.entries(lattice, owner=None)
    column = square % lattice.columns
    assert len(square) == 50
    assert (column[unit == 0] < 5).all()
    assert (column[unit == 1] >= 5).all()
    assert found.metres() == pytest.approx((1_000_000, 2_000_000, 1_001_000, 2_000_500))


def test_squares_smaller_than_a_cell_give_to_the_one_around_them(tmp_path: Path) -> None:
    rows = ["2024,라아000000,to_in_001,1", "2024,라아001000,to_in_001,2"]  # 100 m squares, cells of 500 m
    found = units(write(tmp_path, rows))
    unit, square = found.entries(SquareGrid.over((1_000_000, 2_000_000, 1_000_999, 2_000_499), 500), owner=None)
    assert (unit.tolist(), square.tolist()) == ([0, 1], [0, 0])


def test_squares_far_from_the_region_are_left_out_and_counted(tmp_path: Path) -> None:
    found = units(write(tmp_path, [*ROWS, "2024,라아50a50a,to_in_001,7"]))
    assert found.totals["population"].sum() == 15
    assert found.ledger.dropped["outside the region's box"] == 1
    with pytest.raises(SourceError, match="expected cells in the region, found none"):
        units(write(tmp_path, ["2024,라아50a50a,to_in_001,7"]))
