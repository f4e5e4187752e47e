# WHAT HAPPENS: the plan laid on every candidate, and the city's own plans.


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


rule plans:
    input:
        **commands.inputs("simulation", "plans"),
    output:
        **commands.outputs("simulation", "plans"),
    log:
        "results/{region}/logs/plans.log",
    benchmark:
        "results/{region}/benchmarks/plans.tsv"
    conda:
        "../environment.yaml"
    threads: 8
    params:
        **commands.params("simulation", "plans"),
    shell:
        "python -m simulation --log {log:q} --threads {threads} plans results/{wildcards.region:q}"
