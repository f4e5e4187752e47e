# WHAT HAPPENS: every candidate in the mean field, the best of them as an ensemble.
import pandas as pd

from simulation.runs.choice import best
from simulation.plans.settings import read as read_scheme

# What the simulation reads for its barriers: nothing where the region file names none.
barriers = lambda w: [f"results/{w.region}/backdrop.parquet"] if REGIONS[w.region]["simulation"].get("barriers") else []


rule candidates:
    input:
        region=ancient("results/{region}/region.json"),
        cells="results/{region}/cells.parquet",
        history="results/{region}/history.parquet",
        streets="results/{region}/streets.npz",
        travel="results/{region}/travel.npz",
        districts="results/{region}/districts.parquet",
        district_travel="results/{region}/district_travel.npz",
        barriers=barriers,
    output:
        plan="results/{region}/plan.parquet",
        totals="results/{region}/totals.parquet",
        criterion="results/{region}/criteria_diffusion.parquet",
    log:
        "results/{region}/logs/candidates.log",
    benchmark:
        "results/{region}/benchmarks/candidates.tsv"
    conda:
        "../environment.yaml"
    threads: 8
    params:
        settings=lambda w: digest(REGIONS[w.region], "services", "plan", "simulation", "programme", "region.seed"),
        code=command_digest("simulation", "candidates"),
    shell:
        "python -m simulation --log {log:q} --threads {threads} candidates results/{wildcards.region:q}"


# The scores are `ancient`, the best candidates a parameter: a new weight runs this again only if it changes which are best.
rule ensemble:
    input:
        region=ancient("results/{region}/region.json"),
        cells="results/{region}/cells.parquet",
        history="results/{region}/history.parquet",
        streets="results/{region}/streets.npz",
        travel="results/{region}/travel.npz",
        districts="results/{region}/districts.parquet",
        district_travel="results/{region}/district_travel.npz",
        barriers=barriers,
        plan="results/{region}/plan.parquet",
        scores=lambda w: ancient(checkpoints.score.get(region=w.region).output.scores),
    output:
        "results/{region}/diffusion.nc",
    log:
        "results/{region}/logs/ensemble.log",
    benchmark:
        "results/{region}/benchmarks/ensemble.tsv"
    conda:
        "../environment.yaml"
    threads: 8
    params:
        # Not known, and asked again, until the scores are there.
        best=lambda w, input: (
            best(
                pd.read_parquet(input.scores),
                read_scheme(REGIONS[w.region]).settings.ensemble_candidates,
            )[0]
            if Path(input.scores).is_file()
            else None
        ),
        settings=lambda w: digest(REGIONS[w.region], "services", "plan", "simulation", "programme", "region.seed"),
        code=command_digest("simulation", "ensemble"),
    shell:
        "python -m simulation --log {log:q} --threads {threads} ensemble results/{wildcards.region:q}"
