"""A toy region with two plans of its own: an Excel workbook that a team has worked on, and one in another format."""

from __future__ import annotations

import datetime as dt
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import xarray as xr
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from decisions.commands import programme
from geojeom.tables import read_table, write_table
from simulation.city_folder import read_city
from simulation.workbook.addresses import workbook_of
from simulation.workbook.book import Workbook, language_of, read_book
from simulation.workbook.drafting import draft, form_of
from simulation.workbook.faults import Ledger
from simulation.workbook.grids import read_grids
from simulation.workbook.layout import layout
from simulation.workbook.plan import Plan, plan_of
from simulation.workbook.together import as_data, table_of
from simulation.workbook.writing import write_book
from tests.maps import toy
from tests.simulation.workbook.formats import write_ods

HUB = "D2"


def read(path: Path, folder: Path) -> tuple[Workbook, Plan]:
    """A plan's workbook as `geojeom plan check` reads it: it raises where the plan does not hold."""
    grids = read_grids(path)
    book = read_book(grids, layout(), Ledger(str(path), language_of(grids, layout())))
    return book, plan_of(book, read_city(folder))


def write(folder: Path) -> Path:
    """Write the region with all that its diffusion page is made of; the plans are our.xlsx and other.ods in it."""
    toy.write(folder)
    city = read_city(folder)
    openings = read_table(folder / "plan.parquet", "plan")
    overview, sheets = draft(city, HUB, openings[openings["district_id"] == HUB], "ko")
    # All but the last rows are laid out in their zones.
    for row in sheets["diffusion"][:-2]:
        row["site"] = "auto"
    book = folder / "our.xlsx"
    write_book(
        book,
        overview | {"title": "해밀 계획", "region_file": "toy.yaml", "money_unit": "million"},
        sheets,
        form_of(city, "ko"),
    )
    _worked_on(book)
    write_ods(folder / "other.ods", read_grids(book))
    plans: dict[str, Plan] = {}
    written = []
    for file in (book, folder / "other.ods"):
        held, plan = read(file, folder)
        plans[file.stem] = plan
        book_of = workbook_of(held, plan, city, file)
        written.append(as_data(plan, file.stem, str(file), workbook=book_of, catalogue=city.services))
    table = table_of(plans, city.cells)
    write_table(table.assign(works_from=table["month"]), folder / "plans.parquet", "plans")
    region = json.loads((folder / "region.json").read_text("utf-8"))
    told: dict[str, Any] = {"plans": written, "services": region["services"]}
    (folder / "plans.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    region["region"]["plans"] = [*({"path": plan["file"]} for plan in written), "default"]
    (folder / "region.json").write_text(json.dumps(region, ensure_ascii=False), encoding="utf-8")
    programme.run(folder)
    _run(folder, list(plans))
    return folder


def _worked_on(path: Path) -> None:
    """What a team leaves in a workbook: a colour, a note, a column of its own, a day for a month, formulas."""
    book = load_workbook(path)
    sheet = book["지구외"]
    letters = {sheet.cell(4, column).value: column for column in range(1, sheet.max_column + 1)}
    for row in (6, 7):
        at = sheet.cell(row, letters["개시 월"])
        year, month = map(int, str(at.value)[:7].split("-"))
        at.value, at.number_format = dt.datetime(year, month, 28), "yyyy-mm-dd"
    sheet.cell(6, letters["번호"]).fill = PatternFill("solid", fgColor="FFE699")
    sheet.cell(6, letters["수량"]).comment = Comment("팀 메모 <확인>", "계획팀")
    sheet.cell(4, sheet.max_column + 1, "우리 메모")
    for row in range(6, 9):
        sheet.cell(row, sheet.max_column, f"직접 쓴 글 & <{row}>")
    sheet.cell(9, letters["수량"]).value = "2"
    book["공간계획"]["K30"] = f"=지구외!{sheet.cell(6, letters['사업비']).coordinate}*2"
    book.save(path)
    # The cost of one row is a formula, and a running cost reads the month of the same row.
    for name, at, value, formula in (("지구외", "H10", 300, "150*2"), ("운영", "E7", 520, 'IF(지구외!F10="",0,520)')):
        _with_formula(path, f"xl/worksheets/sheet{book.sheetnames.index(name) + 1}.xml", (at, value, formula))


def _with_formula(path: Path, part: str, cell: tuple[str, int, str]) -> None:
    """Put a formula where its value stands, as a spreadsheet stores both."""
    at, value, formula = cell
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    found = rf'(<c r="{at}"[^>]*>)(<v>{value}</v>)'
    written, times = re.subn(found, rf"\1<f>{formula}</f>\2", parts[part].decode())
    assert times == 1
    parts[part] = written.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def _run(folder: Path, ids: list[str]) -> None:
    """What a run says of the plans: here the same as of the template on their hub."""
    with xr.open_dataset(folder / "diffusion.nc", engine="h5netcdf") as held:
        data = held.load()
    own = [data.sel(scenario=[HUB]).assign_coords(scenario=[name]) for name in ids]
    whole = xr.concat([*own, data], "scenario", data_vars="minimal")
    hubs = json.loads(data.attrs["hubs"]) | dict.fromkeys(ids, HUB)
    whole.attrs = data.attrs | {"hubs": json.dumps(hubs)}
    whole.to_netcdf(folder / "diffusion.nc", engine="h5netcdf")
