"""Injured strangers: the poll's mix, the volunteer's dilemma, and fear of blame that is learnt.

The injured are met so often here that chances can be told from counts; nothing else happens by rules of
one's own.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.laws.conftest import Figure
from tests.laws.stage import HEAD

from demerit.catalogue.counters import flow
from demerit.catalogue.entries import CLAIM, CLAIM_SETTLED, HELD_LIABLE, MET_STRANGER
from demerit.catalogue.rescuing import CALL, HELP_NOW, HELP_WITH_PROOF, WALK_ON
from demerit.catalogue.words import STRANGER
from demerit.regime import Regime
from demerit.simulation.regime_tables import compile_regime
from demerit.simulation.rescue_tables import Meeting, others_help
from demerit.simulation.setting import Setting, settle
from demerit.simulation.world import World
from demerit.society import Society

ERRORS = 4.0
"""Standard errors within which a count must lie; a chance of 1 in 16,000 each."""
OFTEN = {
    "situation.nb.stranger.rate": 20,
    "life_course.enabled": False,
    "collisions.enabled": False,
    "power.enabled": False,
    "rescue.grave": 0,
}
UNLEARNING = {"learning.alpha": 0.0, "learning.alpha_heard": 0.0, "trust.step_strangers": 0.0}
"""People who keep the beliefs of the first day, so that the first day's chances hold."""
LIABLE = """
[rescue]
presumption = 1
award = {award}
evidence_clears = 0
cameras = 0
found_out = 0
false_claim_fine = 0
"""


def ruled(folder: Path, rules: str) -> Regime:
    path = folder / "staged.toml"
    path.write_text(HEAD + rules)
    return Regime.load(str(path))


def counted(world: World, name: str) -> int:
    return int(world.counters()[:, flow(name)].sum())


@pytest.fixture(scope="module")
def town() -> Setting:
    return settle(Society.load("city").patched(OFTEN | UNLEARNING), 16_000, 3)


@pytest.fixture(scope="module")
def lawful(town: Setting) -> tuple[World, np.ndarray]:
    """Twenty weeks under ordinary law, with its ledger."""
    world = town.world(Regime.load("ordinary-law"))
    world.run(140)
    return world, world.take_rows()


def test_under_ordinary_law_the_four_ways_are_those_of_the_poll(
    lawful: tuple[World, np.ndarray], figure: Figure
) -> None:
    """B40: .056 at once, .241 with proof, .130 call; four standard errors and .005 of other incomes."""
    world, rows = lawful
    met = rows[rows["what"] == MET_STRANGER]
    person, option = met["subject"].astype(int), met["rule"]
    for which, share in ((HELP_NOW, 0.056), (HELP_WITH_PROOF, 0.241), (CALL, 0.130), (WALK_ON, 0.573)):
        size = world.population.count
        times, chosen = (
            np.bincount(person, minlength=size),
            np.bincount(person[option == which], minlength=size),
        )
        found = chosen.sum() / times.sum()
        # people differ: the error of a ratio over people
        error = np.sqrt(((chosen - found * times) ** 2).sum()) / times.sum()
        figure(f"way {which}", abs(found - share), ERRORS * error + 0.005)
        assert abs(found - share) < ERRORS * error + 0.005


def test_chances_add_up_to_what_happens(lawful: tuple[World, np.ndarray]) -> None:
    world, rows = lawful
    helped, expected = counted(world, "nb.stranger.acted"), counted(world, "help_expected") / 2**20
    assert abs(helped - expected) < ERRORS * np.sqrt(expected)
    claims, likely = counted(world, "nb.blamed.acted"), counted(world, "nb.blamed.expected") / 2**20
    assert likely > 100
    assert abs(claims - likely) < ERRORS * np.sqrt(likely)
    held, fair = counted(world, "helpers_liable"), counted(world, "liable_expected") / 2**20
    assert abs(held - fair) < ERRORS * np.sqrt(fair)
    assert len(rows[rows["what"] == CLAIM]) == claims


def test_what_a_helper_pays_the_injured_person_receives(lawful: tuple[World, np.ndarray]) -> None:
    _, rows = lawful
    paid = {int(row["id"]): int(row["amount"]) for row in rows[rows["what"] == HELD_LIABLE]}
    received = rows[(rows["what"] == CLAIM_SETTLED) & (rows["amount"] > 0)]
    assert len(received) > 20
    assert all(paid[int(row["cause"])] == int(row["amount"]) for row in received)
    claimed = {int(row["id"]) for row in rows[rows["what"] == CLAIM]}
    assert all(int(row["cause"]) in claimed for row in rows[rows["what"] == HELD_LIABLE])


def test_every_passer_by_comes_after_one_who_walked_on(lawful: tuple[World, np.ndarray]) -> None:
    _, rows = lawful
    met = rows[rows["what"] == MET_STRANGER]
    option = {int(row["id"]): int(row["rule"]) for row in met}
    later = met[met["cause"] != met["id"]]
    assert len(later) > 1000
    assert all(option[int(row["cause"])] == WALK_ON for row in later)


def test_a_good_samaritan_rule_frees_helpers_and_brings_help(town: Setting) -> None:
    """B45, V27: no helper is held liable, and who was held by blame helps."""
    law = Regime.load("ordinary-law")
    freed, bound = town.world(law.patched({"rescue.good_samaritan": True})), town.world(law)
    for world in (freed, bound):
        world.run(28)
    assert counted(freed, "helpers_liable") == counted(freed, "held_by_blame_law") == 0
    assert counted(freed, "nb.blamed.acted") < counted(bound, "nb.blamed.acted") + 5
    shares = [counted(one, "nb.stranger.acted") / counted(one, "nb.stranger.met") for one in (freed, bound)]
    assert shares[0] > shares[1] + 0.2


def test_cameras_bring_help_back(town: Setting) -> None:
    """V27: helping at once rises with the share of places that a camera sees (M43)."""
    shares = []
    for cameras in (0.0, 0.5, 1.0):
        rules = {"rescue.cameras": cameras, "rescue.evidence_clears": 0.95}
        world = town.world(Regime.load("ordinary-law").patched(rules))
        world.run(28)
        shares.append(counted(world, "strangers_helped_now") / counted(world, "nb.stranger.met"))
    assert shares[0] < shares[1] < shares[2]


NARROW: dict[str, Any] = {
    "choice.conscience_a": 900.0,
    "choice.conscience_b": 450.0,
    "trust.step_strangers": 0.0,
    "exposure.other_sigma": 0.0,
}
"""People who are all alike in what helping depends on."""


@pytest.mark.parametrize("others", [2, 5, 8])
def test_strategic_bystanders_help_as_in_the_volunteers_dilemma(
    others: int, tmp_path: Path, figure: Figure
) -> None:
    """M42 (V09): each helps with 1 - (c/b)^(1/(n-1)), somebody with 1 - (c/b)^(n/(n-1)), at c/b = .2.

    People of one conscience with little noise (a hundredth of a day); error .02, of which .01 is sampling.
    """
    society = Society.load("city").patched(
        OFTEN | NARROW
        | {"rescue.bystanders": others, "rescue.noise_days": 0.01, "rescue.with_proof": 0.001,
           "rescue.call": 0.001, "rescue.at_once": 0.5}
    )  # fmt: skip
    setting = settle(society, 1_000, 5)
    people = setting.people
    setting.population.traits["conscience"] = 43690
    averted = np.array([43690 / 65536 * float(people["felt_harm"][STRANGER]) / 65536])
    costs = np.array([0.2 * averted[0], 900.0, 900.0])
    people["help_cost"] = np.rint(costs * 65536)
    alike = Meeting(averted, 0.0, (np.zeros(1), np.zeros(1)), 0.01)
    people["others_help"] = round(others_help(alike, costs, others) * 65536)
    world = setting.world(ruled(tmp_path, ""))
    world.run(182)
    rows = world.take_rows()
    met = rows[rows["what"] == MET_STRANGER]
    each = float((met["rule"] == HELP_NOW).mean())
    _, incident = np.unique(met["cause"], return_inverse=True)
    size = np.bincount(incident)
    helped = np.bincount(incident, met["rule"] == HELP_NOW)[size == others]
    somebody = float((helped > 0).mean())
    power = 1 / (others - 1)
    figure(f"each of {others}", abs(each - (1 - 0.2**power)), 0.02)
    figure(f"somebody of {others}", abs(somebody - (1 - 0.2 ** (others * power))), 0.02)
    assert abs(each - (1 - 0.2**power)) < 0.02
    assert abs(somebody - (1 - 0.2 ** (others * power))) < 0.02


@pytest.mark.parametrize("hearers", [0, 2])
def test_fear_of_blame_settles_where_learning_and_forgetting_balance(
    hearers: int, tmp_path: Path, figure: Figure
) -> None:
    """h alpha (q - p) + r alpha_h (1 - p) = l ln 2 / T, p = feared exp(l): the mean within .03 of the root.

    h is how often somebody helps a year, q the share who are blamed, r how often a case is heard of.
    """
    society = Society.load("city").patched(
        OFTEN
        | NARROW
        | {
            "rescue.feared_claim": 0.1,
            "learning.alpha": 0.05,
            "learning.alpha_heard": 0.005,
            "learning.hearers": hearers,
            "learning.quiet_half_life_years": 1.0,
            "rescue.claim_harm": 0.3,
            "rescue.at_once": 0.3,
        }
    )
    setting = settle(society, 1_500, 6)
    # half of those who were helped blame the helper, whatever the rules
    setting.people["claim_gain"] = int(setting.people["claim_harm"]) * 2 // 3
    world = setting.world(ruled(tmp_path, LIABLE.format(award=0)))
    days = 5 * 364
    world.run(days)
    adults = world.population.rate_class > 0
    years = days / 365.0 * adults.sum()
    helps, claims = counted(world, "nb.blamed.met"), counted(world, "nb.blamed.acted")
    often, share, heard = helps / years, claims / helps, counted(world, "heard") / years
    assert (heard > 0) == (hearers > 0)
    low, high = -1.6, 1.6
    for _ in range(50):
        middle = (low + high) / 2
        feared = 0.1 * np.exp(middle)
        pull = often * 0.05 * (share - feared) + heard * 0.005 * (1 - feared) - middle * np.log(2)
        low, high = (middle, high) if pull > 0 else (low, middle)
    found = float(world.hearsay["blame"][adults].mean()) / 4096
    assert 0.2 < low < 1.5
    figure(f"log-multiplier of fear, {hearers} hearers", abs(found - low), 0.03)
    assert abs(found - low) < 0.03


def test_without_the_mechanism_nobody_is_met_or_blamed(town: Setting) -> None:
    setting = settle(Society.load("city").patched(OFTEN | {"rescue.enabled": False}), 1_000, 3)
    world = setting.world(Regime.load("essay"))
    world.run(28)
    counters = (
        "nb.stranger.met", "nb.stranger.acted", "nb.blamed.met", "helpers_liable", "rescue_minutes",
        "left_unhelped", "awards_fen", "held_by_blame_law", "held_by_blame_score",
    )  # fmt: skip
    assert not any(counted(world, name) for name in counters)


def test_a_blamed_helper_has_a_record_whose_label_is_fabricated(town: Setting) -> None:
    """R18, R29: under the essay being held liable is a court record of an innocent person."""
    world = town.world(Regime.load("essay").patched({"rescue.presumption": 1, "rescue.evidence_clears": 0}))
    world.run(140)
    rows = world.take_rows()
    conduct = [one.id for one in Regime.load("essay").data.conducts].index("nb.blamed")
    records = rows[(rows["what"] == 0) & (rows["rule"] == conduct)]
    held = {int(row["id"]) for row in rows[rows["what"] == HELD_LIABLE]}
    assert len(records) > 20
    assert (records["label"] == 4).all()
    assert all(int(row["cause"]) in held for row in records)
    assert int(compile_regime(Regime.load("empty").data, town.society.data)["helper_liable"]) == 0
