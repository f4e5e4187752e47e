"""What cannot be said in pyproject.toml: the folder ``data`` is installed inside the package ``geojeom``."""

from setuptools import find_packages, setup

ROOMS = ["geojeom", "spatial", "simulation", "decisions", "maps"]

setup(
    packages=[*find_packages(include=[pattern for room in ROOMS for pattern in (room, f"{room}.*")]), "geojeom.data"],
    package_dir={"geojeom.data": "data"},
    package_data={
        "geojeom.data": ["*.yaml", "[!c]*/*.yaml", "criteria/*.yaml", "sample/*.py"],
        "spatial": ["rules.smk"],
        "simulation": ["rules.smk"],
        "decisions": ["rules.smk"],
        "maps": ["rules.smk", "assets/*", "dist/*"],
    },
)
