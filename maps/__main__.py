"""``python -m maps COMMAND``: the same as ``geojeom maps COMMAND``, in a checkout."""

from geojeom.cli import run_room

if __name__ == "__main__":
    run_room("maps")
