# The pipeline at a glance: data -> spatial -> simulation -> maps, one folder results/<region>/ per region.
# Run it with `make`, or `snakemake --cores 2 --config region="a.yaml b.yaml"`.
#
# Every rule is one command of a room's door. Two parameters tell Snakemake what it cannot see by itself: `settings` is
# a fingerprint of the parts of the configuration the command reads, `code` one of the modules it can reach, `read` one
# of the files it reads that no rule makes: what they hold counts, not their dates. region.json is written here, as soon
# as every region file has been found good, and is `ancient`: a changed setting re-runs the rules that use it and no
# others. All this happens under a lock, for one run at a time.
import os
import shlex
import shutil
import sys
from pathlib import Path

import pandas as pd
from snakemake.exceptions import WorkflowError

from simulation.runs.choice import best
from simulation.plans.settings import check as check_simulation
from simulation.plans.settings import read as read_scheme
from spatial.errors import Fault, GeojeomError, RegionError, raise_if_any
from spatial.fingerprint import command_digest, contents, not_later_than_now
from spatial.lock import wait_for
from spatial.config.resolve import digest, missing_files, region_files, resolve, source_files, write

# The sample city's files are made by the pipeline itself (rule sample), so they need not be there beforehand.
SAMPLE_FOLDER = "data/cache/haemil/"
SAMPLE_FILES = set()
REGIONS = {}  # region -> its resolved configuration

SNAKEMAKE = Path(".snakemake")


def busy(who):
    print(f"Another run is under way here ({who}): waiting until it has ended. Ctrl-C gives up.", file=sys.stderr)


try:
    # A job that runs Snakemake itself belongs to the run that holds the lock.
    if workflow.is_main_process:
        wait_for(SNAKEMAKE / "geojeom.lock", busy)
        # Whoever has our lock is alone: locks that Snakemake keeps in files are those of a run that was killed.
        if any((SNAKEMAKE / "locks").glob("*.lock")):
            print("The run before was cut off; its lock is removed, and this one goes on from there.", file=sys.stderr)
            shutil.rmtree(SNAKEMAKE / "locks")
    # `make` hands the text on in the environment, as it was written; `--config` reads it as YAML.
    asked = config.get("region", os.environ.get("GEOJEOM_REGION") or "data/regions/haemil.yaml")
    files = region_files(asked)
except GeojeomError as error:
    raise WorkflowError(str(error)) from None

faults = []
for file in files:
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
        not_later_than_now(Path("results", name))
    not_later_than_now(Path(SAMPLE_FOLDER))
except GeojeomError as error:
    raise WorkflowError(str(error)) from None

# Jobs run with the Python that runs Snakemake, also where its environment is not activated.
# (A function and not PATH, in which a folder's name may have no colon; Snakemake reads braces in the text.)
python = shlex.quote(sys.executable).replace("{", "{{").replace("}", "}}")
shell.prefix(f'python() {{{{ {python} "$@"; }}}}; ')


def made(region, *keys):
    """Files that the rule sample makes, among those a region reads under some keys."""
    return [path for path in source_files(REGIONS[region], *keys).values() if path in SAMPLE_FILES]


def read(region, *keys, facts=()):
    """Fingerprint of the other files under those keys, and of some tables of data/."""
    given = [path for path in source_files(REGIONS[region], *keys).values() if path not in SAMPLE_FILES]
    return contents([*given, *(Path(workflow.basedir, "data", f"{name}.yaml") for name in facts)])


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
        output:
            sorted(SAMPLE_FILES),
        log:
            "data/cache/sample.log",
        conda:
            "environment.yaml"
        params:
            generator=lambda w: str(Path(workflow.basedir, "data", "sample")),
            code=lambda w: contents(Path(workflow.basedir, "data", "sample").glob("*.py")),
        shell:
            "python {params.generator:q} data/cache/haemil 2> {log:q}"


include: "spatial/rules.smk"
include: "simulation/rules.smk"
include: "maps/rules.smk"


onerror:
    # Snakemake's own last lines say that a job failed, not what to do; the job's log does, so it has the last word.
    for path in sorted(Path("results").glob("*/logs/*.log")):
        if path.parts[1] in REGIONS and "ERROR geojeom" in path.read_text(encoding="utf-8"):
            print(f"\n{path} says:\n{path.read_text(encoding='utf-8')}", file=sys.stderr)
