# The pipeline at a glance: data -> spatial -> simulation -> maps, one folder results/<region>/ per region.
# Run it with `make`, or `snakemake --cores 2 --config region="a.yaml b.yaml"`.
#
# Every rule is one command of a room's door. Two parameters tell Snakemake what it cannot see by itself: `settings` is
# a fingerprint of the parts of the configuration the command reads, `code` one of the modules it can reach. region.json
# is written here, as soon as every region file has been found good, and is `ancient`: a changed setting re-runs the
# rules that use it and no others.
import sys
from pathlib import Path

import pandas as pd
from snakemake.exceptions import WorkflowError

from simulation.runs.choice import best
from simulation.plans.settings import check as check_simulation
from simulation.plans.settings import read as read_scheme
from spatial.errors import Fault, GeojeomError, RegionError, raise_if_any
from spatial.fingerprint import command_digest
from spatial.config.resolve import digest, missing_files, resolve, source_files, write

# The sample city's files are made by the pipeline itself (rule sample), so they need not be there beforehand.
SAMPLE_FOLDER = "data/cache/haemil/"
SAMPLE_FILES = set()
REGIONS = {}  # region -> its resolved configuration

faults = []
for file in str(config.get("region", "data/regions/haemil.yaml")).split():
    try:
        resolved = resolve(Path(file), made_below=SAMPLE_FOLDER)
    except GeojeomError as error:
        faults += error.faults
        continue
    name = resolved["region"]["region"]
    if name in REGIONS:
        found, remedy = f"{name}, as in {REGIONS[name]['files']['region']}", "Name one of them otherwise."
        faults.append(Fault(file, "a region of its own results folder", found, remedy, column="region"))
    REGIONS[name] = resolved
    SAMPLE_FILES |= {path for path in source_files(resolved).values() if path.startswith(SAMPLE_FOLDER)}
    faults += missing_files(resolved, file, SAMPLE_FILES) + check_simulation(resolved, str(Path(file)))

try:
    raise_if_any(RegionError, faults)
    for name, resolved in REGIONS.items():
        write(resolved, Path("results", name))
except GeojeomError as error:
    raise WorkflowError(str(error)) from None

# Jobs run with the Python that runs Snakemake, also where its environment is not activated.
shell.prefix(f'PATH="{Path(sys.executable).parent}:$PATH"; ')


wildcard_constraints:
    region="[a-z0-9][a-z0-9_-]*",


rule all:
    input:
        expand(
            "results/{region}/{page}.html",
            region=REGIONS,
            page=["compare", "diffusion", "report"],
        ),
        expand("results/{region}/{table}", region=REGIONS, table=["reasons.csv", "programme.parquet"]),


if SAMPLE_FILES:

    rule sample:
        input:
            sorted(str(path) for path in Path(workflow.basedir, "data", "sample").glob("*.py")),
        output:
            sorted(SAMPLE_FILES),
        log:
            "data/cache/sample.log",
        conda:
            "environment.yaml"
        params:
            generator=Path(workflow.basedir, "data", "sample"),
        shell:
            "python {params.generator} data/cache/haemil 2> {log}"


include: "spatial/rules.smk"
include: "simulation/rules.smk"
include: "maps/rules.smk"


onerror:
    # Snakemake's own last lines say that a job failed, not what to do; the job's log does, so it has the last word.
    for path in sorted(Path("results").glob("*/logs/*.log")):
        if path.parts[1] in REGIONS and "ERROR geojeom" in path.read_text(encoding="utf-8"):
            print(f"\n{path} says:\n{path.read_text(encoding='utf-8')}", file=sys.stderr)
