"""One offence in a company's car, followed through everyone it touches, and the sums that travel along."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
from tests.laws.conftest import Figure
from tests.laws.lived import Lived, company_code, live, subject_index, subject_kind, vehicle_code

from demerit.catalogue.entries import (
    ARRIVAL,
    CONVICTION,
    DERIVED,
    LOSS,
    RECORD,
    SCOLDING,
)
from demerit.catalogue.words import (
    BUS,
    CITIZEN,
    COMPANY,
    EMPLOYER,
    KINDS,
    POLICE,
    STATE,
    TRUCK,
    TRUE,
    VEHICLE,
)
from demerit.regime import Regime
from demerit.simulation.setting import Setting

ROAD_KINDS = tuple(kind for kind in KINDS if kind.startswith("road."))


@pytest.fixture(params=("essay", "strict"))
def scored(request: pytest.FixtureRequest) -> Lived:
    world: Lived = request.getfixturevalue(request.param)
    return world


def toward_zero(points: int, fraction: Fraction) -> int:
    return int(points * fraction)


def fraction_of(lived: Lived, chain: str) -> Fraction:
    """Return a chain's fraction in thousandths, as rules keep it."""
    rule = next(one for one in lived.regime.data.chains if one.id == chain)
    return Fraction(round(float(rule.fraction) * 1000), 1000)


def root_of(lived: Lived, row: np.void) -> np.void:
    """Return the root record behind a derived one."""
    while row["what"] == DERIVED:
        row = lived.cause_of(row)
    return row


def road_roots(lived: Lived) -> np.ndarray:
    records = lived.of(RECORD)
    of_citizens = subject_kind(records["subject"]) == CITIZEN
    return records[of_citizens & (records["register"] == lived.register("road"))]


def test_every_road_record_passes_its_share_to_vehicle_and_company_and_nothing_else(
    scored: Lived, figure: Figure
) -> None:
    to_vehicle = fraction_of(scored, "driver-to-vehicle")
    to_company = fraction_of(scored, "vehicle-to-company")
    vehicles = scored.setting.population.vehicles
    expected: Counter[tuple[int, int, int, int]] = Counter()
    for root in road_roots(scored):
        driven = int(scored.traits["vehicle"][root["subject"]])
        if driven == 0 or root["day"] + 1 >= scored.days or scored.moved[root["subject"]]:
            continue
        points = toward_zero(int(root["points"]), to_vehicle)
        expected[int(root["day"]) + 1, vehicle_code(driven - 1), points, 1] += 1
        owner = int(vehicles["owner"][driven - 1])
        passed = toward_zero(points, to_company)
        if subject_kind(owner) == COMPANY and passed != 0 and root["day"] + 2 < scored.days:
            expected[int(root["day"]) + 2, owner, passed, 2] += 1
    derived = scored.of(DERIVED)
    roots = np.array([root_of(scored, row) for row in derived])
    # bodies have records of their own, which travel on along other chains; these have laws of their own
    of_drivers = (subject_kind(roots["subject"]) == CITIZEN) & (roots["register"] == scored.register("road"))
    assert not (~of_drivers & (derived["register"] == scored.register("road"))).any()
    # whoever has changed a driver's job may drive another vehicle
    of_drivers[of_drivers] = ~scored.moved[roots["subject"][of_drivers]]
    derived = derived[of_drivers]
    found = Counter(
        (int(row["day"]), int(row["subject"]), int(row["points"]), int(row["depth"])) for row in derived
    )
    assert len(derived) > 1_000
    figure(f"{len(derived)} derived records, of them not as they should be", (found - expected).total(), 0)
    assert found == expected


def test_the_points_of_a_root_add_up_along_its_chain(scored: Lived) -> None:
    to_vehicle = fraction_of(scored, "driver-to-vehicle")
    to_company = fraction_of(scored, "vehicle-to-company")
    owners = scored.setting.population.vehicles["owner"]
    for root in road_roots(scored):
        driven = int(scored.traits["vehicle"][root["subject"]])
        if driven == 0 or root["day"] + 2 >= scored.days or scored.moved[root["subject"]]:
            continue
        in_fleet = subject_kind(owners[driven - 1]) == COMPANY
        whole = int(root["points"]) * (1 + to_vehicle * (1 + (to_company if in_fleet else 0)))
        found = int(root["points"])
        for vehicle in scored.effects.get(int(root["id"]), []):
            if vehicle["what"] == DERIVED:
                found += int(vehicle["points"])
                own = scored.effects.get(int(vehicle["id"]), [])
                found += sum(int(row["points"]) for row in own if row["what"] == DERIVED)
        # less than a thousandth of a point is dropped at each of two links
        assert 0 <= found - whole < 2, "points are negative: toward zero is upward"


def test_a_private_car_stops_the_chain(scored: Lived) -> None:
    derived = scored.of(DERIVED)
    companies = derived[subject_kind(derived["subject"]) == COMPANY]
    for row in companies:
        vehicle = scored.cause_of(row)
        owner = scored.setting.population.vehicles["owner"][subject_index(vehicle["subject"])]
        assert owner == row["subject"]
        assert scored.setting.population.vehicles["kind"][subject_index(vehicle["subject"])] in (TRUCK, BUS)


def test_nothing_derives_where_no_chain_is(law: Lived) -> None:
    assert len(law.of(DERIVED)) == 0


def test_employers_scold_by_a_logit_of_what_the_points_are_worth(city: Setting, figure: Figure) -> None:
    # half a point lost, worth .5 days a point against .2 days of effort at a noise of .1: P = 1/(1 + e^-.5)
    patch = {
        "chain.vehicle-to-company.fraction": 0.5,
        **{f"conduct.{kind}.points.road": -1 for kind in ROAD_KINDS},
        "conduct.road.crosswalk.coverage": 1,
        "conduct.road.speeding.coverage": 1,
    }
    lived = live(city, Regime.load("essay").patched(patch), 1456)
    derived = lived.of(DERIVED)
    asked = derived[(subject_kind(derived["subject"]) == COMPANY) & (derived["day"] + 1 < lived.days)]
    scoldings = lived.of(SCOLDING)
    given = int((scoldings["rule"] == EMPLOYER).sum())
    chance = 1 / (1 + np.exp(-(0.5 * 0.5 - 0.2) / 0.1))
    assert len(asked) > 300
    errors = (given - chance * len(asked)) / np.sqrt(len(asked) * chance * (1 - chance))
    figure(f"{given} of {len(asked)} at {chance:.3f}, errors off", errors, 4)
    assert abs(errors) < 4


def find_story(lived: Lived) -> np.void:
    """Find a true crosswalk record in a company's car that was prosecuted and for which the firm scolded."""
    owners = lived.setting.population.vehicles["owner"]
    crosswalk = lived.conduct("road.crosswalk")
    records = lived.of(RECORD)
    for root in records[subject_kind(records["subject"]) == CITIZEN]:
        driven = int(lived.traits["vehicle"][root["subject"]])
        if root["rule"] != crosswalk or root["label"] != TRUE or driven == 0:
            continue
        if lived.moved[root["subject"]]:
            continue
        if subject_kind(owners[driven - 1]) != COMPANY or root["day"] > lived.days - 400:
            continue
        effects = lived.effects.get(int(root["id"]), [])
        vehicle = [row for row in effects if row["what"] == DERIVED]
        company = [row for row in lived.effects.get(int(vehicle[0]["id"]), []) if row["what"] == DERIVED]
        after = lived.effects.get(int(company[0]["id"]), [])
        scolded = any(row["what"] == SCOLDING for row in after)
        convicted = any(row["what"] == CONVICTION for row in effects)
        shared = not any(row["what"] == LOSS for row in (*effects, *after))
        if scolded and convicted and shared:
            return root
    raise AssertionError("no such story in this ledger")


def one(rows: list[np.void], what: int, **fields: int) -> np.void:
    """Return the only row of a kind with these fields."""
    found = [row for row in rows if row["what"] == what and all(row[key] == fields[key] for key in fields)]
    assert len(found) == 1, f"{len(found)} entries"
    return found[0]


def faded(points: int, record: np.void, arrival: np.void) -> object:
    """Return what is left of a record's points on the day it arrives, within the rounding of two cuts."""
    age = int(arrival["day"]) - int(record["day"])
    return pytest.approx(points * 0.5 ** (age / 730), abs=2)


def test_one_crosswalk_offence_in_a_company_car_reaches_everyone_it_concerns(essay: Lived) -> None:
    root = find_story(essay)
    driver, day = int(root["subject"]), int(root["day"])
    truck = int(essay.traits["vehicle"][driver]) - 1
    firm = int(subject_index(essay.setting.population.vehicles["owner"][truck]))
    road, court = essay.register("road"), essay.register("court")
    effects = essay.effects[int(root["id"])]

    # a driver does not yield at a crossing; the road register takes six points, the law a hundred yuan
    assert essay.setting.population.vehicles["kind"][truck] in (TRUCK, BUS)
    assert int(essay.traits["employer"][driver]) - 1 == firm
    assert (root["register"], root["points"], root["amount"], root["depth"]) == (road, -6_000, 10_000, 0)
    assert ((essay.met["day"] == day) & (essay.met["person"] == driver)).any()
    assert root["cause"] >> 47 == day, "its cause is the act itself"

    # the police scold on the spot
    police = one(effects, SCOLDING, rule=POLICE)
    assert (police["subject"], police["day"], police["depth"]) == (driver, day, 0)

    # three points of twelve go on the licence (live again up to the day before, and through the day)
    again = essay.setting.world(essay.regime, keep=0)
    again.run(day)
    before = int(again.state["licence_points"][driver])
    again.run(day + 1)
    assert again.state["licence_points"][driver] == before + 3

    # the next day the truck loses the same six points
    vehicle = one(effects, DERIVED)
    assert (vehicle["subject"], vehicle["day"]) == (vehicle_code(truck), day + 1)
    assert (vehicle["points"], vehicle["register"], vehicle["depth"]) == (-6_000, road, 1)

    # the day after, the company that owns the truck loses .15 of them
    after_vehicle = essay.effects[int(vehicle["id"])]
    company = one(after_vehicle, DERIVED)
    assert (company["subject"], company["day"]) == (company_code(firm), day + 2)
    assert (company["points"], company["register"], company["depth"]) == (-900, road, 2)

    # a day later the company scolds its driver
    after_company = essay.effects[int(company["id"])]
    scolding = one(after_company, SCOLDING, rule=EMPLOYER)
    assert (scolding["subject"], scolding["day"], scolding["depth"]) == (driver, day + 3, 3)

    # its own score at the province drops a bit, when the record arrives there
    arrived = one(after_company, ARRIVAL)
    assert (arrived["subject"], arrived["depth"]) == (company_code(firm), 2)
    assert arrived["points"] == faded(-900, company, arrived)
    assert arrived["day"] > day + 2

    # the driver's record reaches the province too, costs six points of the score, and the state scolds
    reached = one(effects, ARRIVAL)
    assert (reached["subject"], reached["depth"]) == (driver, 0)
    assert reached["points"] == faded(-6_000, root, reached)
    assert reached["day"] > day
    state = one(essay.effects[int(reached["id"])], SCOLDING, rule=STATE)
    assert (state["subject"], state["day"]) == (driver, reached["day"])

    # this one was prosecuted: sixty days later the court enters thirty points and a thousand yuan
    conviction = one(effects, CONVICTION)
    assert (conviction["subject"], conviction["day"], conviction["depth"]) == (driver, day + 60, 1)
    assert (conviction["register"], conviction["points"], conviction["amount"]) == (court, -30_000, 100_000)

    # that record goes to the province as well, at five points of the score for one; the state scolds again
    judged = one(essay.effects[int(conviction["id"])], ARRIVAL)
    assert (judged["subject"], judged["depth"]) == (driver, 1)
    assert judged["points"] == faded(-150_000, conviction, judged)
    assert judged["day"] > day + 60
    one(essay.effects[int(judged["id"])], SCOLDING, rule=STATE)

    # nobody else was touched
    kinds = {int(subject_kind(row["subject"])) for row in (*effects, *after_vehicle, *after_company)}
    assert kinds == {CITIZEN, VEHICLE, COMPANY}
