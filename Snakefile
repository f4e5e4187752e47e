# The pipeline at a glance: data -> spatial -> simulation -> decisions -> maps, one folder results/<region>/ per region.
# Run it with `make workflow`, `geojeom workflow`, or `snakemake --cores 2 --config region="a.yaml b.yaml"`.
#
# Every rule is one command; what it reads and writes is declared beside its code (geojeom/command.py). Three parameters
# tell Snakemake what it cannot see by itself: `settings` is a fingerprint of the parts of the configuration the command
# uses, `code` one of the modules it can reach, `read` one of the files it reads that no rule makes: what they hold
# counts, not their dates. region.json is written here, as soon as every region file has been found good, and is
# `ancient`: a changed setting re-runs the rules that use it and no others. All this happens under a lock, for one run
# at a time.
import os
import shlex
import shutil
import sys
from pathlib import Path

from snakemake.exceptions import WorkflowError

from geojeom.catalogues import CATALOGUES
from geojeom.configuration import source_files
from geojeom.errors import GeojeomError
from geojeom.fingerprint import contents, not_later_than_now
from geojeom.lock import LOCK, wait_for
from geojeom.rules import Rules
from simulation.regions import read_regions, unusual_settings
from spatial.config.resolve import write
from spatial.regions import region_files

# The sample city's files are made by the pipeline itself (rule sample), so they need not be there beforehand.
SAMPLE_FOLDER = "data/cache/haemil/"


busy = lambda who: print(f"Another run is under way here ({who}): waiting until it has ended.", file=sys.stderr)

try:
    # A job that runs Snakemake itself belongs to the run that holds the lock.
    if workflow.is_main_process:
        wait_for(Path("results", LOCK), busy)
        # Whoever has our lock is alone: locks that Snakemake keeps in files are those of a run that was killed.
        if any(Path(".snakemake", "locks").glob("*.lock")):
            print("The run before was cut off; its lock is removed, and this one goes on from there.", file=sys.stderr)
            shutil.rmtree(Path(".snakemake", "locks"))
    # `make` hands the text on in the environment, as it was written; `--config` reads it as YAML.
    asked = config.get("region", os.environ.get("GEOJEOM_REGION") or "data/regions/haemil.yaml")
    checked = read_regions(map(Path, region_files(asked)), made_below=SAMPLE_FOLDER)
    for name, resolved in checked.items():
        # Jobs read this file again, each by itself.
        for told in unusual_settings(resolved) if workflow.is_main_process else []:
            print(f"Warning: {told}", file=sys.stderr)
        write(resolved, Path("results", name))
        not_later_than_now(Path("results", name))
    not_later_than_now(Path(SAMPLE_FOLDER))
    # As region.json has them: rules go by keys and values.
    REGIONS = {name: resolved.plain for name, resolved in checked.items()}
except GeojeomError as error:
    raise WorkflowError(str(error)) from None

SAMPLE_FILES = {
    path for resolved in REGIONS.values() for path in source_files(resolved).values() if path.startswith(SAMPLE_FOLDER)
}
# What the rules of all rooms take from the declarations of their commands.
commands = Rules(REGIONS, SAMPLE_FILES, CATALOGUES)

# Jobs run with the Python that runs Snakemake, also where its environment is not activated; -P: a folder that is called
# `maps` where the user stands is not taken for ours.
# (A function and not PATH, in which a folder's name may have no colon; Snakemake reads braces in the text.)
python = shlex.quote(sys.executable).replace("{", "{{").replace("}", "}}")
# A step by hand sees to what it reads first; here that is the workflow's business.
shell.prefix(f'export GEOJEOM_ALONE=1; python() {{{{ {python} -P "$@"; }}}}; ')


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
            generator=lambda w: str(CATALOGUES / "sample"),
            code=lambda w: contents([*(CATALOGUES / "sample").glob("*.py"), *(CATALOGUES / "sample").glob("*.yaml")]),
        shell:
            "python {params.generator:q} data/cache/haemil 2> {log:q}"


include: "spatial/rules.smk"
include: "simulation/rules.smk"
include: "decisions/rules.smk"
include: "maps/rules.smk"


commands.remember()


onerror:
    # Snakemake's own last lines say that a job failed, not what to do; the job's log does, so it has the last word.
    for path in sorted(Path("results").glob("*/logs/*.log")):
        if path.parts[1] in REGIONS and "ERROR geojeom" in path.read_text(encoding="utf-8"):
            print(f"\n{path} says:\n{path.read_text(encoding='utf-8')}", file=sys.stderr)
