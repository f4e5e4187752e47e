"""Turn restrictions beside a search over the links driven.

10,000 towns of six places with random streets and bans of two to four links: the seconds between all places as the
kernel has them, by copies of nodes, beside a plain search that remembers the last links. Among the tests: 300 towns, in
`tests/spatial/streets/test_turns.py`.
"""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from tests.spatial.streets.test_turns import NODES, equals_a_search, searched, towns

TOWNS = 10_000


def test_random_towns(tell) -> None:
    tried = mattered = 0

    @settings(max_examples=TOWNS, database=None, suppress_health_check=list(HealthCheck))
    @given(town=towns())
    def all_of(town: tuple[list, list]) -> None:
        nonlocal tried, mattered
        equals_a_search(*town)
        tried += 1
        links, bans = town
        mattered += any(searched(links, bans, start) != searched(links, [], start) for start in range(NODES))

    all_of()
    tell(
        [
            {"what": "towns, all times alike", "figure": f"{tried:,}"},
            {"what": "of these, towns in which a ban makes a drive longer or bars it", "figure": f"{mattered:,}"},
        ]
    )
