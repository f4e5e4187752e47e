"""``python -m spatial COMMAND``: the same as ``geojeom spatial COMMAND``, in a checkout."""

from geojeom.cli import run_room

if __name__ == "__main__":
    run_room("spatial")
