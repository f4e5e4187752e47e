"""Faults stay short, whatever stands in the input: what is long without end is cut in its middle."""

from __future__ import annotations

from geojeom.errors import FAULTS_MAX, Fault, SourceError


def test_a_short_fault_is_told_whole() -> None:
    fault = Fault("a.csv", "a number", "'x'", "Correct it.", row=3, column="jobs")
    assert str(fault) == "a.csv, row 3, jobs: expected a number, found 'x'. Correct it."


def test_what_has_no_end_is_cut_in_its_middle() -> None:
    path, digits = "/data/" + "x" * 5000 + "/end.csv", "9" * 5000
    told = str(Fault(path, f"less than {digits}", "words " * 5000, "Correct it.", column="가" * 5000))
    assert len(told) < 5000
    assert told.startswith("/data/xxx")
    assert "x/end.csv, 가가" in told
    assert "…" in told
    assert told.endswith("Correct it.")
    assert "less than 999" in told


def test_a_list_of_names_in_use_is_told_whole() -> None:
    known = ", ".join(f"criterion_{number}" for number in range(80))
    assert known in str(Fault("c.yaml", f"one of: {known}", "'x'", "Correct it."))


def test_more_faults_than_anybody_reads_are_counted() -> None:
    error = SourceError(Fault("a.csv", "a", "b", "c", row=row) for row in range(FAULTS_MAX + 1200))
    assert str(error).splitlines()[0].endswith(f"({FAULTS_MAX + 1200} faults)")
    assert str(error).splitlines()[-1] == "  … and 1,200 more"
    assert len(error.faults) == FAULTS_MAX + 1200
