"""``python -m decisions COMMAND``: the same as ``geojeom decisions COMMAND``, in a checkout."""

from geojeom.cli import run_room

if __name__ == "__main__":
    run_room("decisions")
