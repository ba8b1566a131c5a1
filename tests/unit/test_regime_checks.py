"""What cannot work in a regime is an error, what is odd is a remark."""

from __future__ import annotations

from pathlib import Path

import pytest

from demerit.errors import FileProblems, Problem
from demerit.regime import Regime

HEAD = """[regime]
id = "trial"
title = "A trial"
basis = "hypothetical"
schema_version = 1
"""
ESSAY = HEAD + 'extends = "essay"\n'
BARE = (
    HEAD
    + """
[[authority]]
id = "police"
title = "Police"
level = "city"

[[register]]
id = "road"
title = "Road"
authority = "police"
covers = ["vehicle"]
base = 100
floor = 0
ceiling = 130
half_life_days = 365
"""
)


def load(folder: Path, text: str) -> Regime:
    """Load a regime from text."""
    path = folder / "trial.toml"
    path.write_text(text)
    return Regime.load(path)


def problems(folder: Path, text: str) -> list[Problem]:
    """Load a regime that cannot work and return what is wrong with it."""
    with pytest.raises(FileProblems) as raised:
        load(folder, text)
    return raised.value.problems


CONDUCT = (
    '\n[[conduct]]\nid = "road.crosswalk"\nanswers = "road.crosswalk"\nauthority = "police"\ncoverage = 0.1\n'
)
SCORE = """
[[platform]]
id = "province"
title = "Province"
level = "province"

[score]
platform = "province"
base = 1000
floor = 0
ceiling = 1300
half_life_days = 365
weights = {}
"""

WRONG = {
    "base outside the scale": (
        ESSAY + '[[register]]\nid = "road"\nbase = 200\n',
        "register.road.base",
        "base 200 lies outside the scale",
    ),
    "floor above ceiling": (
        ESSAY + "[score]\nfloor = 1400\n",
        "score.floor",
        "floor 1400 is not below ceiling 1300",
    ),
    "larger than a register can be": (
        ESSAY + '[[register]]\nid = "road"\nceiling = 2000\n',
        "register.road.ceiling",
        "2000 is too large",
    ),
    "unknown null regime": (
        HEAD.replace("[regime]", '[regime]\nnull = "ordinary-lore"'),
        "regime.null",
        "unknown null regime 'ordinary-lore'",
    ),
    "id with capitals": (HEAD.replace('"trial"', '"Trial"'), "regime.id", "'Trial' is not a valid id"),
    "id used twice": (
        BARE + '\n[[authority]]\nid = "police"\ntitle = "Other police"\nlevel = "city"\n',
        "authority.police.id",
        "id 'police' is used twice",
    ),
    "licence points without licence": (
        BARE + CONDUCT + "licence_points = 3\n",
        "conduct.road.crosswalk.licence_points",
        "licence points without a licence",
    ),
    "prosecution without court": (
        BARE + CONDUCT + "prosecute = 0.1\n",
        "conduct.road.crosswalk.prosecute",
        "prosecution without a court case",
    ),
    "no court register": (
        BARE + "\n[prosecution]\ndelay_days = 10\npoints = -30\n",
        "prosecution",
        "there is no register 'court'",
    ),
    "points in a register of vehicles": (
        BARE + CONDUCT + "points = { road = -3 }\n",
        "conduct.road.crosswalk.points.road",
        "register 'road' is kept for no citizen, who meet this situation",
    ),
    "offence that earns": (
        ESSAY + '[[conduct]]\nid = "road.crosswalk"\npoints = { road = 6 }\n',
        "conduct.road.crosswalk.points.road",
        "an offence earns points (6)",
    ),
    "deed that costs": (
        ESSAY + '[[conduct]]\nid = "nb.deed_seen"\npoints = { municipal = -6 }\n',
        "conduct.nb.deed_seen.points.municipal",
        "a deed costs points (-6)",
    ),
    "one situation, two rules": (
        BARE + CONDUCT + CONDUCT.replace('id = "road.crosswalk"', 'id = "again"'),
        "conduct.again.answers",
        "'road.crosswalk' is already answered by 'road.crosswalk'",
    ),
    "a deed that nobody can see": (
        ESSAY + '[[conduct]]\nid = "x"\nanswers = "nb.deed_unseen"\nauthority = "bank"\ncoverage = 0\n',
        "conduct.x.answers",
        "nobody can see this deed",
    ),
    "chain into nowhere": (
        ESSAY + '[[chain]]\nid = "driver-to-vehicle"\nregister = "credit"\n',
        "chain.driver-to-vehicle.to",
        "register 'credit' is not kept for a vehicle",
    ),
    "score that nothing feeds": (
        BARE + SCORE,
        "score.platform",
        "no transfer goes to platform 'province', so its score never moves",
    ),
    "bands without score": (
        BARE + '\n[[band]]\nid = "d"\ntitle = "D"\nfrom = 0\n',
        "band",
        "bands without a score to cut",
    ),
    "band above the ceiling": (
        ESSAY + '[[band]]\nid = "aaa"\nfrom = 1400\n',
        "band.aaa.from",
        "no way in: begins at 1400, above the ceiling of the score",
    ),
    "sanction below the floor": (
        ESSAY + '[[sanction]]\nid = "band-d"\nbelow = 0\n',
        "sanction.band-d.below",
        "no way in: nobody can fall below 0",
    ),
    "reward above the ceiling": (
        ESSAY + '[[reward]]\nid = "trusted"\nabove = 1400\n',
        "reward.trusted.above",
        "no way in: nobody can reach 1400",
    ),
    "sanction reads vehicles": (
        BARE + '\n[[sanction]]\nid = "s"\ntitle = "S"\nreads = "road"\nbelow = 50\n',
        "sanction.s.reads",
        "register 'road' is not kept for citizens",
    ),
    "service that cannot be refused": (
        ESSAY + '[[sanction]]\nid = "band-d"\nrefuses = ["trains"]\n',
        "sanction.band-d.refuses[1]",
        "'trains' is not possible here",
    ),
    "unknown authority": (
        BARE + CONDUCT.replace('"police"', '"polize"'),
        "conduct.road.crosswalk.authority",
        "unknown authority 'polize'",
    ),
    "unknown section": (BARE + "[licens]\nlimit = 12\n", "licens", "unknown key 'licens'"),
    "text for a truth value": (
        BARE + '[scolding]\npolice = "yes"\n',
        "scolding.police",
        "'yes' is of the wrong kind",
    ),
    "table for a list": (BARE + "[conduct]\n", "conduct", "is of the wrong kind"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_regime_that_cannot_work_is_refused(case: str, tmp_path: Path) -> None:
    text, key, message = WRONG[case]
    found = [problem for problem in problems(tmp_path, text) if problem.key == key]
    assert found, problems(tmp_path, text)
    assert message in found[0].message
    assert found[0].line is not None


ODD = {
    "a weight without a transfer": (
        ESSAY + '[[patch]]\nop = "remove"\nat = "transfer.municipal-to-province"\nreason = "kept apart"\n',
        "weighs a register without a transfer to the platform",
    ),
    "a transfer without a weight": (
        ESSAY + '[[patch]]\nop = "remove"\nat = "score.weights.tax"\nreason = "not counted"\n',
        "register 'tax' is transferred but has no weight in the score",
    ),
    "points in another authority's register": (
        ESSAY + '[[conduct]]\nid = "road.crosswalk"\npoints = { municipal = -3 }\n',
        "'transport' enters points in a register of 'city-government'",
    ),
    "scolding by the state without a score": (
        HEAD + "[scolding]\nstate = true\n",
        "never happens: the state scolds when a score falls",
    ),
    "companies out of reach": (
        ESSAY + '[[patch]]\nop = "remove"\nat = "chain"\nreason = "no chains"\n'
        '[[patch]]\nop = "remove"\nat = "register.road.covers"\n'
        'value = "company"\nreason = "no firms"\n'
        '[[patch]]\nop = "remove"\nat = "register.market.covers"\n'
        'value = "company"\nreason = "no firms"\n'
        '[[patch]]\nop = "remove"\nat = "register.commercial.covers"\n'
        'value = "company"\nreason = "no firms"\n'
        '[[patch]]\nop = "remove"\nat = "conduct.work.firm"\nreason = "no firms"\n'
        '[[patch]]\nop = "remove"\nat = "conduct.work.shop"\nreason = "no firms"\n',
        "no register kept for a company is transferred to platform 'province'",
    ),
}


@pytest.mark.parametrize("case", ODD)
def test_what_is_odd_is_remarked_on(case: str, tmp_path: Path) -> None:
    text, remark = ODD[case]
    assert any(remark in note for note in load(tmp_path, text).notes)


def test_mistakes_of_several_kinds_are_reported_together(tmp_path: Path) -> None:
    text = ESSAY + (
        '[awareness]\nshare = "most"\n'
        '[[band]]\nid = "aaa"\nfrom = 1400\n'
        '[[sanction]]\nid = "band-b"\nreads = "provnce"\ncolour = "red"\n'
    )
    found = problems(tmp_path, text)
    assert [(problem.line, problem.key) for problem in found] == [
        (8, "awareness.share"),
        (11, "band.aaa.from"),
        (14, "sanction.band-b.reads"),
        (15, "sanction.band-b.colour"),
    ]
    assert found[2].nearest == "province"
