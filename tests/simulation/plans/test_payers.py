"""Plans of three payers, as version 0.2.0 wrote them, among those of eight."""

from __future__ import annotations

import pandas as pd

from simulation.plans.payers import COLUMNS, PRIVATE, PUBLIC, in_columns_of_today, paid

OLD = pd.DataFrame({"opening_id": ["a", "b"], "national_krw": [5, 0], "local_krw": [3, 2], "private_krw": [2, 7]})


def test_a_plan_of_three_payers_is_one_of_eight() -> None:
    now = in_columns_of_today(OLD)
    assert set(now) == {"opening_id", *COLUMNS}
    assert now["private_cash_krw"].tolist() == [2, 7]
    assert now[["province_krw", "city_krw", "operator_krw", "private_in_kind_krw", "other_krw"]].sum().sum() == 0
    assert (paid(now, PUBLIC), paid(now, PRIVATE)) == (10, 9)


def test_a_plan_of_today_stays_as_it_is() -> None:
    now = in_columns_of_today(OLD)
    assert in_columns_of_today(now) is now
    # With both names it is not clear which is meant: the schema says what is wrong.
    both = OLD.assign(private_cash_krw=1)
    assert in_columns_of_today(both) is both
