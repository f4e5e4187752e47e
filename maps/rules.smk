# WHAT PEOPLE SEE: one self-contained file per page.
ASSETS = contents(Path(workflow.basedir, "maps", "assets").iterdir())


# Files of `spatial locate`, where somebody ran it: the page shows them, and is made without them.
FOUND = ("suitability_*.parquet", "found_*.json", "found_*.geojson")
found = lambda region: sorted(str(path) for name in FOUND for path in Path("results", region).glob(name))


rule compare:
    input:
        region=ancient("results/{region}/region.json"),
        cells="results/{region}/cells.parquet",
        zones="results/{region}/zones.parquet",
        backdrop="results/{region}/backdrop.parquet",
        districts="results/{region}/districts.parquet",
        report="results/{region}/sources.json",
        candidates="results/{region}/candidates.json",
        travel="results/{region}/district_travel.npz",
        criteria="results/{region}/criteria.parquet",
        diffusion="results/{region}/criteria_diffusion.parquet",
        vetoes="results/{region}/vetoes.parquet",
        scores="results/{region}/scores.parquet",
        contributions="results/{region}/contributions.parquet",
        robustness="results/{region}/robustness.parquet",
        acceptability="results/{region}/acceptability.parquet",
        pairs="results/{region}/pairs.parquet",
        reasons="results/{region}/reasons.csv",
        found=lambda w: found(w.region),
    output:
        "results/{region}/compare.html",
    log:
        "results/{region}/logs/compare.log",
    benchmark:
        "results/{region}/benchmarks/compare.tsv"
    conda:
        "../environment.yaml"
    params:
        settings=lambda w: digest(REGIONS[w.region], "region", "criteria", "profile", "profiles", "programme"),
        assets=ASSETS,
        code=command_digest("maps", "compare"),
    shell:
        "python -m maps --log {log:q} compare results/{wildcards.region:q}"


rule diffusion:
    input:
        region=ancient("results/{region}/region.json"),
        cells="results/{region}/cells.parquet",
        zones="results/{region}/zones.parquet",
        backdrop="results/{region}/backdrop.parquet",
        districts="results/{region}/districts.parquet",
        report="results/{region}/sources.json",
        candidates="results/{region}/candidates.json",
        plan="results/{region}/plan.parquet",
        totals="results/{region}/totals.parquet",
        scores="results/{region}/scores.parquet",
        ensemble="results/{region}/diffusion.nc",
    output:
        "results/{region}/diffusion.html",
    log:
        "results/{region}/logs/diffusion.log",
    benchmark:
        "results/{region}/benchmarks/diffusion.tsv"
    conda:
        "../environment.yaml"
    params:
        settings=lambda w: digest(REGIONS[w.region], "region", "services", "plan", "programme"),
        assets=ASSETS,
        code=command_digest("maps", "diffusion"),
    shell:
        "python -m maps --log {log:q} diffusion results/{wildcards.region:q}"


rule report:
    input:
        region=ancient("results/{region}/region.json"),
        cells="results/{region}/cells.parquet",
        zones="results/{region}/zones.parquet",
        backdrop="results/{region}/backdrop.parquet",
        districts="results/{region}/districts.parquet",
        report="results/{region}/sources.json",
        candidates="results/{region}/candidates.json",
        criteria="results/{region}/criteria.parquet",
        late="results/{region}/criteria_diffusion.parquet",
        vetoes="results/{region}/vetoes.parquet",
        scores="results/{region}/scores.parquet",
        contributions="results/{region}/contributions.parquet",
        robustness="results/{region}/robustness.parquet",
        acceptability="results/{region}/acceptability.parquet",
        pairs="results/{region}/pairs.parquet",
        reasons="results/{region}/reasons.csv",
        programme="results/{region}/programme.parquet",
        plan="results/{region}/plan.parquet",
        ensemble="results/{region}/diffusion.nc",
    output:
        "results/{region}/report.html",
    log:
        "results/{region}/logs/report.log",
    benchmark:
        "results/{region}/benchmarks/report.tsv"
    conda:
        "../environment.yaml"
    params:
        settings=lambda w: digest(REGIONS[w.region], "region", "criteria", "profile", "services", "plan", "programme"),
        assets=ASSETS,
        code=command_digest("maps", "report"),
    shell:
        "python -m maps --log {log:q} report results/{wildcards.region:q}"
