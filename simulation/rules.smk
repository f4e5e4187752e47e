# WHAT HAPPENS: the plan laid on every candidate.


rule candidates:
    input:
        **commands.inputs("simulation", "candidates"),
    output:
        **commands.outputs("simulation", "candidates"),
    log:
        "results/{region}/logs/candidates.log",
    benchmark:
        "results/{region}/benchmarks/candidates.tsv"
    conda:
        "../environment.yaml"
    threads: 8
    params:
        **commands.params("simulation", "candidates"),
    shell:
        "python -m simulation --log {log:q} --threads {threads} candidates results/{wildcards.region:q}"
