# WHERE: from a city's files to candidate districts and what is measured of them.


# A checkpoint: which tables come out another way than before is known only when the sources have been read.
checkpoint sources:
    input:
        **commands.inputs("spatial", "sources"),
    output:
        **commands.outputs("spatial", "sources"),
    log:
        "results/{region}/logs/sources.log",
    benchmark:
        "results/{region}/benchmarks/sources.tsv"
    conda:
        "../environment.yaml"
    params:
        **commands.params("spatial", "sources"),
    shell:
        "python -m spatial --log {log:q} sources results/{wildcards.region:q}"


rule cells:
    input:
        **commands.inputs("spatial", "cells"),
    output:
        **commands.outputs("spatial", "cells"),
    log:
        "results/{region}/logs/cells.log",
    benchmark:
        "results/{region}/benchmarks/cells.tsv"
    conda:
        "../environment.yaml"
    params:
        **commands.params("spatial", "cells"),
    shell:
        "python -m spatial --log {log:q} cells results/{wildcards.region:q}"


rule facilities:
    input:
        **commands.inputs("spatial", "facilities"),
    output:
        **commands.outputs("spatial", "facilities"),
    log:
        "results/{region}/logs/facilities.log",
    benchmark:
        "results/{region}/benchmarks/facilities.tsv"
    conda:
        "../environment.yaml"
    params:
        **commands.params("spatial", "facilities"),
    shell:
        "python -m spatial --log {log:q} facilities results/{wildcards.region:q}"


rule backdrop:
    input:
        **commands.inputs("spatial", "backdrop"),
    output:
        **commands.outputs("spatial", "backdrop"),
    log:
        "results/{region}/logs/backdrop.log",
    benchmark:
        "results/{region}/benchmarks/backdrop.tsv"
    conda:
        "../environment.yaml"
    params:
        **commands.params("spatial", "backdrop"),
    shell:
        "python -m spatial --log {log:q} backdrop results/{wildcards.region:q}"


rule streets:
    input:
        **commands.inputs("spatial", "streets"),
    output:
        **commands.outputs("spatial", "streets"),
    log:
        "results/{region}/logs/streets.log",
    benchmark:
        "results/{region}/benchmarks/streets.tsv"
    conda:
        "../environment.yaml"
    params:
        **commands.params("spatial", "streets"),
    shell:
        "python -m spatial --log {log:q} streets results/{wildcards.region:q}"


rule travel:
    input:
        **commands.inputs("spatial", "travel"),
    output:
        **commands.outputs("spatial", "travel"),
    log:
        "results/{region}/logs/travel.log",
    benchmark:
        "results/{region}/benchmarks/travel.tsv"
    conda:
        "../environment.yaml"
    threads: 8
    params:
        **commands.params("spatial", "travel"),
    shell:
        "python -m spatial --log {log:q} --threads {threads} travel results/{wildcards.region:q}"


rule districts:
    input:
        **commands.inputs("spatial", "districts"),
    output:
        **commands.outputs("spatial", "districts"),
    log:
        "results/{region}/logs/districts.log",
    benchmark:
        "results/{region}/benchmarks/districts.tsv"
    conda:
        "../environment.yaml"
    params:
        **commands.params("spatial", "districts"),
    shell:
        "python -m spatial --log {log:q} districts results/{wildcards.region:q}"


rule criteria:
    input:
        **commands.inputs("spatial", "criteria"),
    output:
        **commands.outputs("spatial", "criteria"),
    log:
        "results/{region}/logs/criteria.log",
    benchmark:
        "results/{region}/benchmarks/criteria.tsv"
    conda:
        "../environment.yaml"
    threads: 8
    params:
        **commands.params("spatial", "criteria"),
    shell:
        "python -m spatial --log {log:q} --threads {threads} criteria results/{wildcards.region:q}"
