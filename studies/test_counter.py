"""The counter generator under NIST's battery.

96 sequences of 2**20 bits, 16 in each of the six orders in which the model draws. Each test of SP 800-22 is judged as
it asks: by P of as many failures at 1 %, and P of how evenly its P-values lie in ten classes. Among the tests: two
sequences in each order, in `tests/simulation/kernels/test_battery.py`.
"""

from __future__ import annotations

from tests.simulation.kernels.test_battery import ALONG, holds, judged, stream

SEQUENCES = 16


def test_the_battery(tell) -> None:
    found = judged([stream(along, k) for along in ALONG.values() for k in range(SEQUENCES)])
    holds(found)
    tell([{"test": name, "P of failures": f"{a:.3f}", "P of evenness": f"{b:.3f}"} for name, (a, b) in found.items()])
