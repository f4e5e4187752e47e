"""``python -m simulation COMMAND``: the same as ``geojeom simulation COMMAND``, in a checkout."""

from geojeom.cli import run_room

if __name__ == "__main__":
    run_room("simulation")
