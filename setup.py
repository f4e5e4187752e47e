"""What cannot be said in pyproject.toml: ``data`` and the workflow are installed inside the package ``geojeom``."""

from pathlib import Path

from setuptools import find_packages, setup
from setuptools.command.build_py import build_py

ROOMS = ["geojeom", "spatial", "simulation", "decisions", "maps"]
WORKFLOW = ["Snakefile", "environment.yaml", *(f"{room}/rules.smk" for room in ROOMS[1:])]


class Build(build_py):
    """Adds the Snakefile and the rules that it includes, as they stand to one another, in ``geojeom/workflow``."""

    def run(self) -> None:
        """Build as always, then copy; an editable installation finds them in the checkout."""
        super().run()
        if not self.editable_mode:
            for name in WORKFLOW:
                target = Path(self.build_lib, "geojeom", "workflow", name)
                target.parent.mkdir(parents=True, exist_ok=True)
                self.copy_file(name, str(target))


setup(
    packages=[*find_packages(include=[pattern for room in ROOMS for pattern in (room, f"{room}.*")]), "geojeom.data"],
    package_dir={"geojeom.data": "data"},
    package_data={
        "geojeom.data": ["*.yaml", "[!c]*/*.yaml", "criteria/*.yaml", "sample/*.py"],
        "maps": ["*.json", "assets/*", "dist/*"],
    },
    cmdclass={"build_py": Build},
)
