"""``python benchmarks [NAME ...]``: run every benchmark of this folder, or the ones named, each in its own process."""

import platform
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> None:
    scripts = {path.stem: path for path in sorted(HERE.glob("*.py")) if path.stem != "__main__"}
    names = sys.argv[1:] or list(scripts)
    unknown = [name for name in names if name not in scripts]
    if unknown:
        sys.exit(f"no benchmark {', '.join(unknown)}; there are: {', '.join(scripts)}")
    print(f"{platform.machine()}, Python {platform.python_version()}, {platform.system()}", flush=True)
    for name in names:
        print(f"\n== {name}", flush=True)
        subprocess.run([sys.executable, scripts[name]], check=True)


if __name__ == "__main__":
    main()
