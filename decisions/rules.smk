# WHAT TO CHOOSE: scores and ranks, how sure they are, the round's rules, the best candidates in worlds of chance, and a
# better roll-out where one is asked for.
import pandas as pd

from decisions.choice import best
from simulation.plans.settings import read as read_scheme


# A checkpoint: which candidates are simulated as an ensemble is known only when the scores are.
checkpoint score:
    input:
        **commands.inputs("decisions", "score"),
    output:
        **commands.outputs("decisions", "score"),
    log:
        "results/{region}/logs/score.log",
    benchmark:
        "results/{region}/benchmarks/score.tsv"
    conda:
        "../environment.yaml"
    params:
        **commands.params("decisions", "score"),
    shell:
        "python -m decisions --log {log:q} score results/{wildcards.region:q}"


rule robustness:
    input:
        **commands.inputs("decisions", "robustness"),
    output:
        **commands.outputs("decisions", "robustness"),
    log:
        "results/{region}/logs/robustness.log",
    benchmark:
        "results/{region}/benchmarks/robustness.tsv"
    conda:
        "../environment.yaml"
    threads: 8
    params:
        **commands.params("decisions", "robustness"),
    shell:
        "python -m decisions --log {log:q} --threads {threads} robustness results/{wildcards.region:q}"


rule programme:
    input:
        **commands.inputs("decisions", "programme"),
    output:
        **commands.outputs("decisions", "programme"),
    log:
        "results/{region}/logs/programme.log",
    benchmark:
        "results/{region}/benchmarks/programme.tsv"
    conda:
        "../environment.yaml"
    params:
        **commands.params("decisions", "programme"),
    shell:
        "python -m decisions --log {log:q} programme results/{wildcards.region:q} > /dev/null"


# The scores are `ancient`, the best candidates a parameter: a new weight runs this again only if it changes which are best.
rule ensemble:
    input:
        **commands.inputs("decisions", "ensemble", without=("scores.parquet",)),
        scores=lambda w: ancient(checkpoints.score.get(region=w.region).output.scores),
    output:
        **commands.outputs("decisions", "ensemble"),
    log:
        "results/{region}/logs/ensemble.log",
    benchmark:
        "results/{region}/benchmarks/ensemble.tsv"
    conda:
        "../environment.yaml"
    threads: 8
    params:
        **commands.params("decisions", "ensemble"),
        # Not known, and asked again, until the scores are there.
        best=lambda w, input: (
            best(
                pd.read_parquet(input.scores),
                read_scheme(REGIONS[w.region]).settings.ensemble_candidates,
            )[0]
            if Path(input.scores).is_file()
            else None
        ),
    shell:
        "python -m decisions --log {log:q} --threads {threads} ensemble results/{wildcards.region:q}"


rule rollout:
    input:
        **commands.inputs("decisions", "rollout", without=("scores.parquet",)),
        scores=lambda w: ancient(checkpoints.score.get(region=w.region).output.scores),
    output:
        **commands.outputs("decisions", "rollout"),
    log:
        "results/{region}/logs/rollout.log",
    benchmark:
        "results/{region}/benchmarks/rollout.tsv"
    conda:
        "../environment.yaml"
    threads: 8
    params:
        **commands.params("decisions", "rollout"),
        # As for the ensemble.
        best=lambda w, input: (
            best(
                pd.read_parquet(input.scores),
                read_scheme(REGIONS[w.region]).settings.ensemble_candidates,
            )[0]
            if Path(input.scores).is_file()
            else None
        ),
    shell:
        "python -m decisions --log {log:q} --threads {threads} rollout results/{wildcards.region:q}"
