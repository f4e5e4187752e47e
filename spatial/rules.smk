# WHERE: from a city's files to scored candidates.
FACTS = "osm_kinds osm_layers building_uses speeds zoning code_aliases land_owners plausible".split()


rule cells:
    input:
        region=ancient("results/{region}/region.json"),
        made=lambda w: made(w.region, "boundary", "sources"),
    output:
        cells="results/{region}/cells.parquet",
        zones="results/{region}/zones.parquet",
        zoning="results/{region}/zoning.parquet",
        parcels="results/{region}/parcels.parquet",
        history="results/{region}/history.parquet",
        report="results/{region}/sources.json",
    log:
        "results/{region}/logs/cells.log",
    benchmark:
        "results/{region}/benchmarks/cells.tsv"
    conda:
        "../environment.yaml"
    params:
        settings=lambda w: digest(
            REGIONS[w.region],
            "region.boundary",
            "region.crs",
            "region.country",
            "region.cell_size_m",
            "region.sources",
        ),
        read=lambda w: read(w.region, "boundary", "sources", facts=FACTS),
        code=command_digest("spatial", "cells"),
    shell:
        "python -m spatial --log {log:q} cells results/{wildcards.region:q}"


rule facilities:
    input:
        region=ancient("results/{region}/region.json"),
        made=lambda w: made(w.region, "boundary", "sources.facilities"),
    output:
        "results/{region}/facilities.parquet",
    log:
        "results/{region}/logs/facilities.log",
    benchmark:
        "results/{region}/benchmarks/facilities.tsv"
    conda:
        "../environment.yaml"
    params:
        settings=lambda w: digest(
            REGIONS[w.region],
            "region.boundary",
            "region.crs",
            "region.country",
            "region.cell_size_m",
            "region.sources.facilities",
        ),
        read=lambda w: read(w.region, "boundary", "sources.facilities", facts=["osm_kinds"]),
        code=command_digest("spatial", "facilities"),
    shell:
        "python -m spatial --log {log:q} facilities results/{wildcards.region:q}"


rule backdrop:
    input:
        region=ancient("results/{region}/region.json"),
        made=lambda w: made(w.region, "boundary", "sources.land", "sources.streets"),
    output:
        "results/{region}/backdrop.parquet",
    log:
        "results/{region}/logs/backdrop.log",
    benchmark:
        "results/{region}/benchmarks/backdrop.tsv"
    conda:
        "../environment.yaml"
    params:
        settings=lambda w: digest(
            REGIONS[w.region],
            "region.boundary",
            "region.crs",
            "region.country",
            "region.cell_size_m",
            "region.sources.land",
            "region.sources.streets",
        ),
        read=lambda w: read(w.region, "boundary", "sources.land", "sources.streets", facts=["osm_layers"]),
        code=command_digest("spatial", "backdrop"),
    shell:
        "python -m spatial --log {log:q} backdrop results/{wildcards.region:q}"


rule streets:
    input:
        region=ancient("results/{region}/region.json"),
        made=lambda w: made(w.region, "boundary", "sources.streets"),
        cells="results/{region}/cells.parquet",
    output:
        "results/{region}/streets.npz",
    log:
        "results/{region}/logs/streets.log",
    benchmark:
        "results/{region}/benchmarks/streets.tsv"
    conda:
        "../environment.yaml"
    params:
        settings=lambda w: digest(
            REGIONS[w.region],
            "region.boundary",
            "region.crs",
            "region.country",
            "region.cell_size_m",
            "region.sources.streets",
        ),
        read=lambda w: read(w.region, "boundary", "sources.streets", facts=["speeds"]),
        code=command_digest("spatial", "streets"),
    shell:
        "python -m spatial --log {log:q} streets results/{wildcards.region:q}"


rule travel:
    input:
        region=ancient("results/{region}/region.json"),
        cells="results/{region}/cells.parquet",
        streets="results/{region}/streets.npz",
    output:
        "results/{region}/travel.npz",
    log:
        "results/{region}/logs/travel.log",
    benchmark:
        "results/{region}/benchmarks/travel.tsv"
    conda:
        "../environment.yaml"
    threads: 8
    params:
        settings=lambda w: digest(REGIONS[w.region], "simulation.mixing"),
        code=command_digest("spatial", "travel"),
    shell:
        "python -m spatial --log {log:q} --threads {threads} travel results/{wildcards.region:q}"


rule districts:
    input:
        region=ancient("results/{region}/region.json"),
        made=lambda w: made(w.region, "boundary", "candidates"),
        cells="results/{region}/cells.parquet",
        streets="results/{region}/streets.npz",
    output:
        table="results/{region}/districts.parquet",
        travel="results/{region}/district_travel.npz",
        account="results/{region}/candidates.json",
    log:
        "results/{region}/logs/districts.log",
    benchmark:
        "results/{region}/benchmarks/districts.tsv"
    conda:
        "../environment.yaml"
    params:
        settings=lambda w: digest(
            REGIONS[w.region], "region.boundary", "region.crs", "region.country", "region.candidates"
        ),
        read=lambda w: read(w.region, "boundary", "candidates"),
        code=command_digest("spatial", "districts"),
    shell:
        "python -m spatial --log {log:q} districts results/{wildcards.region:q}"


rule criteria:
    input:
        region=ancient("results/{region}/region.json"),
        cells="results/{region}/cells.parquet",
        facilities="results/{region}/facilities.parquet",
        streets="results/{region}/streets.npz",
        districts="results/{region}/districts.parquet",
        travel="results/{region}/district_travel.npz",
        report="results/{region}/sources.json",
        zoning="results/{region}/zoning.parquet",
        parcels="results/{region}/parcels.parquet",
        history="results/{region}/history.parquet",
    output:
        criteria="results/{region}/criteria.parquet",
        gaps="results/{region}/gaps.parquet",
        vetoes="results/{region}/vetoes.parquet",
    log:
        "results/{region}/logs/criteria.log",
    benchmark:
        "results/{region}/benchmarks/criteria.tsv"
    conda:
        "../environment.yaml"
    threads: 8
    params:
        settings=lambda w: digest(REGIONS[w.region], "criteria", "programme", "region.budget_krw_year"),
        read=lambda w: contents([Path(workflow.basedir, "data", "minimum.yaml")]),
        code=command_digest("spatial", "criteria"),
    shell:
        "python -m spatial --log {log:q} --threads {threads} criteria results/{wildcards.region:q}"


# A checkpoint: which candidates are simulated as an ensemble is known only when the scores are.
checkpoint score:
    input:
        region=ancient("results/{region}/region.json"),
        criteria="results/{region}/criteria.parquet",
        diffusion="results/{region}/criteria_diffusion.parquet",
        vetoes="results/{region}/vetoes.parquet",
        districts="results/{region}/districts.parquet",
    output:
        scores="results/{region}/scores.parquet",
        contributions="results/{region}/contributions.parquet",
    log:
        "results/{region}/logs/score.log",
    benchmark:
        "results/{region}/benchmarks/score.tsv"
    conda:
        "../environment.yaml"
    params:
        settings=lambda w: digest(REGIONS[w.region], "criteria", "profile"),
        code=command_digest("spatial", "score"),
    shell:
        "python -m spatial --log {log:q} score results/{wildcards.region:q}"


rule robustness:
    input:
        region=ancient("results/{region}/region.json"),
        districts="results/{region}/districts.parquet",
        vetoes="results/{region}/vetoes.parquet",
        scores="results/{region}/scores.parquet",
        contributions="results/{region}/contributions.parquet",
    output:
        robustness="results/{region}/robustness.parquet",
        acceptability="results/{region}/acceptability.parquet",
        tornado="results/{region}/tornado.parquet",
        pairs="results/{region}/pairs.parquet",
        reasons="results/{region}/reasons.csv",
    log:
        "results/{region}/logs/robustness.log",
    benchmark:
        "results/{region}/benchmarks/robustness.tsv"
    conda:
        "../environment.yaml"
    threads: 8
    params:
        settings=lambda w: digest(REGIONS[w.region], "criteria"),
        code=command_digest("spatial", "robustness"),
    shell:
        "python -m spatial --log {log:q} --threads {threads} robustness results/{wildcards.region:q}"


# The plan is the simulation's; only its file is read.
rule programme:
    input:
        region=ancient("results/{region}/region.json"),
        districts="results/{region}/districts.parquet",
        plan="results/{region}/plan.parquet",
    output:
        "results/{region}/programme.parquet",
    log:
        "results/{region}/logs/programme.log",
    benchmark:
        "results/{region}/benchmarks/programme.tsv"
    conda:
        "../environment.yaml"
    params:
        settings=lambda w: digest(REGIONS[w.region], "programme", "region.applicant", "region.budget_krw_year"),
        code=command_digest("spatial", "programme"),
    shell:
        "python -m spatial --log {log:q} programme results/{wildcards.region:q} > /dev/null"
