"""Errors of records as screening theory has them: any error over many joins, and what a flag is worth."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.laws.conftest import Figure
from tests.laws.lived import id_subject

from demerit.catalogue.entries import RECORD
from demerit.catalogue.words import MISTAKEN
from demerit.regime import Regime
from demerit.simulation.setting import Setting, settle
from demerit.society import Society
from demerit.society.frailty import RATE_LIMIT, class_of

ERRORS = 4.0
PEOPLE = 20_000
CAMERA = """[regime]
id = "camera"
title = "A camera that takes some for others"
basis = "hypothetical"
schema_version = 1
extends = "empty"
null = "camera"
[[authority]]
id = "office"
title = "Office"
level = "city"
[[conduct]]
id = "bill"
answers = "money.bill"
authority = "office"
coverage = 1
[detection]
context_recognition = 0
mismatch = {mismatch}
"""
CALM = {
    "rescue.enabled": False,
    "collisions.enabled": False,
    "power.enabled": False,
    "gaming.enabled": False,
    "situation.money.bill.null_probability": 0.8,
    "situation.money.bill.need_weight": 0.0,
    "learning.alpha": 0.0,
    "learning.alpha_heard": 0.0,
    "trust.step_family": 0.0,
    "trust.step_institutions": 0.0,
    "reporting.betrayal_family": 0.0,
}


@pytest.fixture(scope="module")
def town() -> Setting:
    """Return 20,000 people who would do nothing but leave bills unpaid."""
    return settle(Society.load("city").patched(CALM), PEOPLE, 3)


def records_of(
    town: Setting, folder: Path, active: np.ndarray, rate: int, mismatch: float, days: int
) -> np.ndarray:
    """Return the root records of a time in which only some people meet bills, at a rate in 1/256 a year."""
    path = folder / "camera.toml"
    path.write_text(CAMERA.format(mismatch=mismatch))
    people = town.population
    traits = people.traits.copy()
    traits["family_rate"] = 0
    traits["family_rate"][active, 1] = rate
    adult = traits["flags"] & 1 == 1
    traits["flags"] = np.where(active, 1 | 8, traits["flags"])
    rate_class = np.where(adult, class_of(1), 0)
    rate_class[active] = class_of(rate)
    people = replace(people, traits=traits, rate_class=rate_class.astype(np.uint8))
    world = replace(town, population=people).world(Regime.load(str(path)))
    world.run(days)
    rows = world.take_rows()
    return np.asarray(rows[rows["what"] == RECORD])


def test_the_chance_of_any_error_compounds_over_joins(town: Setting, tmp_path: Path, figure: Figure) -> None:
    """1 - (1 - e)^n [S156]: of people with n recorded acts, those with any filed under another name."""
    error = 0.05
    adult = town.population.traits["flags"] & 1 == 1
    records = records_of(town, tmp_path, adult, 256 * 20, error, 364)
    actor = np.where(records["label"] == MISTAKEN, id_subject(records["cause"]), records["subject"])
    acts = np.bincount(actor, minlength=PEOPLE)
    wrong = np.bincount(actor[records["label"] == MISTAKEN], minlength=PEOPLE)
    chance = 1 - (1 - error) ** acts
    found, expected = int(np.count_nonzero(wrong)), float(chance.sum())
    errors = (found - expected) / math.sqrt(float((chance * (1 - chance)).sum()))
    figure(f"{found} of {np.count_nonzero(acts)} with up to {acts.max()} joins, errors off", errors, ERRORS)
    assert acts.max() > 20
    assert abs(errors) < ERRORS


@pytest.mark.parametrize(
    ("prevalence", "sensitivity", "specificity", "published"),
    [(0.02, 0.95, 0.98, 0.4922), (0.01, 0.9, 0.99, 0.4762)],
)
def test_a_flag_is_worth_what_bayes_says(
    town: Setting,
    tmp_path: Path,
    prevalence: float,
    sensitivity: float,
    specificity: float,
    published: float,
    figure: Figure,
) -> None:
    """Flagged is who has a record. Records of offenders hit others of their name, so PPV is S157's."""
    own = -math.log(1 - sensitivity)  # records each offender must expect to be flagged so often
    others = -math.log(specificity) * (1 - prevalence) / prevalence  # and records each must send astray
    error = others / (own + others)
    adults = np.flatnonzero(town.population.traits["flags"] & 1)
    offenders = adults[:: round(1 / prevalence)]
    active = np.zeros(PEOPLE, bool)
    active[offenders] = True
    # first find out how often an offender acts, then for how many days the numbers above need
    trial = records_of(town, tmp_path, active, RATE_LIMIT, error, 28)
    days = round(28 * (own + others) * len(offenders) / len(trial))
    records = records_of(town, tmp_path, active, RATE_LIMIT, error, days)
    flagged = np.bincount(records["subject"], minlength=PEOPLE)[adults] > 0
    guilty = active[adults]
    worth = float(guilty[flagged].mean())
    bound = ERRORS * math.sqrt(published * (1 - published) / flagged.sum())
    figure(f"of {flagged.sum()} flagged {worth:.4f} for {published}, apart by", worth - published, bound)
    figure("sensitivity", float(flagged[guilty].mean()), sensitivity)
    figure("specificity", float(1 - flagged[~guilty].mean()), specificity)
    # names are shared by few: some that a record goes astray to are hit twice, or are offenders themselves
    assert abs(worth - published) < bound + 0.02
