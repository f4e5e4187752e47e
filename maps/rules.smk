# WHAT PEOPLE SEE: one self-contained file per page.


rule facts:
    input:
        **commands.inputs("maps", "facts"),
    output:
        **commands.outputs("maps", "facts"),
    log:
        "results/{region}/logs/facts.log",
    benchmark:
        "results/{region}/benchmarks/facts.tsv"
    conda:
        "../environment.yaml"
    params:
        **commands.params("maps", "facts"),
    shell:
        "python -m maps --log {log:q} facts results/{wildcards.region:q}"


rule compare:
    input:
        **commands.inputs("maps", "compare"),
    output:
        **commands.outputs("maps", "compare"),
    log:
        "results/{region}/logs/compare.log",
    benchmark:
        "results/{region}/benchmarks/compare.tsv"
    conda:
        "../environment.yaml"
    params:
        **commands.params("maps", "compare"),
    shell:
        "python -m maps --log {log:q} compare results/{wildcards.region:q}"


rule diffusion:
    input:
        **commands.inputs("maps", "diffusion"),
    output:
        **commands.outputs("maps", "diffusion"),
    log:
        "results/{region}/logs/diffusion.log",
    benchmark:
        "results/{region}/benchmarks/diffusion.tsv"
    conda:
        "../environment.yaml"
    params:
        **commands.params("maps", "diffusion"),
    shell:
        "python -m maps --log {log:q} diffusion results/{wildcards.region:q}"


rule report:
    input:
        **commands.inputs("maps", "report"),
    output:
        **commands.outputs("maps", "report"),
    log:
        "results/{region}/logs/report.log",
    benchmark:
        "results/{region}/benchmarks/report.tsv"
    conda:
        "../environment.yaml"
    params:
        **commands.params("maps", "report"),
    shell:
        "python -m maps --log {log:q} report results/{wildcards.region:q}"
