"""One cell, no mixing: the model is Bass (1969), whose curve is known in closed form."""

import numpy as np
import pytest
from numpy.typing import NDArray

from simulation.spread.diffusion import mean_field, stochastic
from tests.simulation.cities import city, lanes

# Bass (1969), Management Science 15(5): p, q, m in thousands, and the year T* of peak sales.
PRODUCTS = {
    "refrigerators": (0.0026167, 0.21566, 40_001, 20.21),
    "home freezers": (0.018119, 0.17110, 21_973, 11.87),
    "black and white television": (0.027877, 0.25105, 96_717, 7.88),
    "water softeners": (0.017703, 0.29695, 5_793, 8.96),
    "room air conditioners": (0.010399, 0.41861, 16_895, 8.61),
    "clothes dryers": (0.017206, 0.35688, 15_092, 8.11),
    "power lawnmowers": (0.0091837, 0.33790, 44_751, 10.39),
    "electric bed coverings": (0.005876, 0.24387, 76_589, 14.92),
    "automatic coffee makers": (0.017135, 0.30145, 58_838, 9.00),
    "steam irons": (0.028632, 0.32791, 55_696, 6.84),
    "record players": (0.024796, 0.65410, 21_937, 4.82),
}
# Thousands a year at the peak, as published for two of them.
PEAK_SALES = {"black and white television": 7_493, "room air conditioners": 1_857}
PEOPLE = 2_000_000_000


def bass(p: float, q: float, year: NDArray[np.float64]) -> NDArray[np.float64]:
    fading = np.exp(-(p + q) * year)
    return np.asarray((1 - fading) / (1 + q / p * fading))


def model(p: float, q: float, years: int, finer: int = 1) -> NDArray[np.float64]:
    """F at every step; ``finer`` steps per month are months with rates divided by it."""
    steps = 12 * years * finer
    outcome = mean_field(city([[PEOPLE]], months=steps), lanes(p=p / finer, q=q / finer), np.array([]))
    return np.asarray(outcome.outside[0, :, 0] / PEOPLE)


@pytest.mark.parametrize("finer", [1, 8])
@pytest.mark.parametrize("name", PRODUCTS)
def test_peak_and_curve_of_the_published_products(name: str, finer: int) -> None:
    """T*, F(T*) = 1/2 - p/2q and the peak m(p + q)²/4q; how far off a month is, and that an eighth is that much nearer.

    Sales of a step stand at its middle; the peak is the top of the parabola through the three highest.
    """
    p, q, m, peak = PRODUCTS[name]
    share = model(p, q, 40, finer)
    year = np.arange(share.size) / (12 * finer)
    sales = np.diff(share) * 12 * finer
    top = int(sales.argmax())
    before, highest, after = sales[top - 1 : top + 2]
    found = (top + 0.5 + 0.5 * (before - after) / (before - 2 * highest + after)) / (12 * finer)
    # The table gives T* to a hundredth of a year.
    assert found == pytest.approx(peak, abs=0.005 + 0.18 / finer)
    assert np.interp(found, year, share) == pytest.approx(0.5 - p / (2 * q), abs=0.004 / finer)
    assert m * highest == pytest.approx(m * (p + q) ** 2 / (4 * q), rel=0.015 / finer)
    if name in PEAK_SALES:
        assert m * highest == pytest.approx(PEAK_SALES[name], rel=0.015 / finer)
    np.testing.assert_allclose(share, bass(p, q, year), atol=0.02 / finer)


def test_the_error_falls_with_the_step_at_first_order() -> None:
    p, q, years = 0.03, 0.38, 15
    errors = []
    for finer in (1, 2, 4, 8):
        share = model(p, q, years, finer)
        year = np.arange(share.size) / (12 * finer)
        errors.append(abs(share - bass(p, q, year)).max())
    ratios = np.array(errors[:-1]) / np.array(errors[1:])
    np.testing.assert_allclose(ratios, 2, atol=0.08)


def test_many_people_by_chance_are_the_mean() -> None:
    """With 10**7 people the share strays by about sqrt(F(1 - F) / M) per world, times a factor for imitation."""
    problem = city([[10**7]], months=120)
    share = stochastic(problem, lanes(world=np.arange(8)), 5, np.array([])).outside[0] / 1e7
    np.testing.assert_allclose(share, np.repeat(model(0.03, 0.38, 10)[:, None], 8, axis=1), atol=2e-3)


def test_no_chance_of_adoption_without_rates() -> None:
    outcome = mean_field(city([[100]], months=24), lanes(p=0.0, q=0.4), np.array([24]))
    assert (outcome.outside == 0).all()
    assert (outcome.adopters == 0).all()


def test_demonstration_multiplies_innovation_alone() -> None:
    """Hub 900 s away with τ_v = 900 s and β = 2: v = 1 + 2/e. With q = 0 the share is 1 - exp(-p·v·t)."""
    problem = city([[PEOPLE]], months=36, hub_travel_s=[[900.0]])
    outcome = mean_field(problem, lanes(p=0.1, q=0.0, strength=2.0), np.array([]))
    assert outcome.outside[0, 36, 0] / PEOPLE == pytest.approx(1 - np.exp(-0.1 * (1 + 2 / np.e) * 3), rel=1e-6)
