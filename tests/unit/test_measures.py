"""Every indicator of a run, worked out again from its ledger, its people and its final state."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl
import pytest

from demerit.catalogue.counters import FLOWS, flow
from demerit.catalogue.letters import PAID
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.words import (
    BODY_KINDS,
    CAUSED,
    CIRCLES,
    CITIZEN,
    DEEDS,
    EVENTS,
    FAMILIES,
    FIFTHS,
    HUKOU,
    INCIDENTS,
    JOBS,
    KINDS,
    LABELS,
    LAWFUL,
    SCOLDERS,
    SERVICES,
    STRATA,
    WRONGFUL,
)
from demerit.engine.draws import draw
from demerit.engine.ledger import read_ledger
from demerit.institutions.fines import SETTLED
from demerit.measures.indicators import BY_NAME, INDICATORS
from demerit.measures.recorder import Recorder, memberships
from demerit.measures.twins import NOTICED_DAYS, twin_days, twin_difference
from demerit.study.results import EVERYBODY, indicators_json

NEVER = 65535
GROUPS = {"stratum": STRATA, "hukou": HUKOU, "fifth": FIFTHS}
OFFENCES = [kind for kind in KINDS if kind not in (*DEEDS, *EVENTS, *INCIDENTS)]


def kept(share: Any) -> float:
    """Return a share of pay to the fifteen bits that a run keeps of it."""
    return round(float(share) * 32768) / 32768


@dataclass
class Seen:
    """A world as an outsider sees it: its files, its people and its final state."""

    run: Any
    number: int

    @property
    def lived(self) -> Any:
        return self.run.worlds[self.number]

    @property
    def recorder(self) -> Recorder:
        found: Recorder = self.lived.recorder
        return found

    @property
    def regime(self) -> Any:
        return self.lived.regime.data

    @property
    def society(self) -> Any:
        return self.run.plan.society.data

    @property
    def last(self) -> int:
        return int(self.run.plan.days) - 1

    @property
    def state(self) -> np.ndarray:
        found: np.ndarray = self.lived.world.state
        return found

    @cached_property
    def people(self) -> pl.DataFrame:
        """Everybody, with their groups in words and their income in fen a day."""
        population = self.run.setting.population
        words = {
            name: pl.Series(name, [options[code] for code in population.person[name]])
            for name, options in GROUPS.items()
        }
        return pl.DataFrame(
            {
                "person": np.arange(population.count),
                "adult": population.person["stratum"] != STRATA.index("child"),
                "income": population.traits["income_fen_day"].astype(np.int64),
                "employed": population.traits["employer"] > 0,
                **words,
            }
        )

    @property
    def adult(self) -> np.ndarray:
        return self.people["adult"].to_numpy()

    @property
    def income(self) -> np.ndarray:
        return self.people["income"].to_numpy()

    @cached_property
    def ledger(self) -> pl.DataFrame:
        """All entries; those of citizens with the citizen's groups, and the day of the run."""
        folder = self.run.folder / "worlds" / self.lived.name
        rows = (
            read_ledger(folder)
            .collect()
            .with_columns(
                pl.col("what", "kind", "rule", "label").cast(pl.String),
                (pl.col("date") - self.run.plan.first).dt.total_days().alias("day"),
                pl.when(pl.col("kind") == "citizen").then(pl.col("subject").cast(pl.Int64)).alias("person"),
            )
        )
        return rows.join(self.people, on="person", how="left")

    def rows(self, what: str, **equal: str) -> pl.DataFrame:
        """Return the entries of a kind, narrowed by the value of a column."""
        return self.ledger.filter(
            pl.col("what") == what, *(pl.col(name) == value for name, value in equal.items())
        )

    @cached_property
    def spells(self) -> pl.DataFrame:
        """Sanctions and rewards from start to end (or the last day): person, rule, first, end."""
        return self.spells_of("citizen")

    def spells_of(self, kind: str) -> pl.DataFrame:
        """Sanctions and rewards of a kind of subject from start to end, or the last day."""
        begun_or_ended = pl.col("what").is_in(["sanction_start", "sanction_end"])
        rows = self.ledger.filter(begun_or_ended, pl.col("kind") == kind).sort("day", "id")
        spells = rows.with_columns(
            pl.col("day").shift(-1).over("subject", "rule").fill_null(self.last).alias("end"),
            pl.col("what").shift(-1).over("subject", "rule").alias("next"),
        ).filter(pl.col("what") == "sanction_start")
        assert set(spells["next"].unique()) <= {"sanction_end", None}
        return spells.with_columns(pl.col("next").is_null().alias("lasting"))

    def pay_lost(self) -> np.ndarray:
        """Return what sanctions took from everybody's pay, less rewards, in fen."""
        wages = {f"sanction:{rule.id}": kept(rule.wage_loss) for rule in self.regime.sanctions}
        wages |= {f"sanction:{rule.id}": -kept(rule.benefit) for rule in self.regime.rewards}
        lost = np.zeros(len(self.people))
        for spell in self.spells.filter("employed").to_dicts():
            for first, end in self.paid_spells(spell["person"]):
                days = max(min(spell["end"], end) - max(spell["day"], first), 0)
                lost[spell["person"]] += spell["income"] * days * wages[spell["rule"]]
        return lost

    @cached_property
    def job_entries(self) -> dict[int, list[tuple[int, str]]]:
        """Days on which jobs were lost and found, by person; who retires has lost the last one."""
        found: dict[int, list[tuple[int, str]]] = {}
        retired = (pl.col("what") == "milestone") & (pl.col("rule") == "milestone:retires")
        what = pl.when(retired).then(pl.lit("job_lost")).otherwise("what").alias("what")
        wanted = pl.col("what").is_in(["job_lost", "hired"])
        rows = self.ledger.with_columns(what).filter(wanted).sort("day", "id")
        for person, day, what in rows.select("person", "day", "what").iter_rows():
            found.setdefault(person, []).append((day, what))
        return found

    def paid_spells(self, person: int) -> list[tuple[int, int]]:
        """Return the first and the last day of every job of somebody who had an employer at first."""
        entries = self.job_entries.get(person, [])
        seeking = self.state["job"][person] == JOBS.index("seeking work")
        begins = [0] if (entries[0][1] == "job_lost" if entries else not seeking) else []
        begins += [day for day, what in entries if what == "hired"]
        ends = [day for day, what in entries if what == "job_lost"]
        return list(zip(begins, [*ends, self.last], strict=False))

    def refusals(self, service: str) -> np.ndarray:
        """Return how often everybody was refused a service: the weeks' wishes, drawn again."""
        refusing = {f"sanction:{rule.id}" for rule in self.regime.sanctions if service in rule.refuses}
        mine = self.spells.filter(pl.col("rule").is_in(sorted(refusing))).to_dicts()
        if service == "device":
            connected = self.run.setting.population.traits["device"] > 0
            mine = [spell for spell in mine if connected[spell["person"]]] + self.stops()
        chance = float(getattr(self.society.access, f"{service}_rate")) * 7 / 365
        times = np.zeros(len(self.people), int)
        weeks = {
            (spell["person"], week)
            for spell in mine
            for week in range(spell["day"] // 7 + 1, spell["end"] // 7 + 1)
        }
        for person, week in weeks:
            place = SERVICES.index(service)
            lanes = draw(self.run.plan.request.seed, int(Purpose.ACCESS), person, week, place // 4)
            times[person] += lanes[place % 4] < chance * 2**32
        return times

    def stops(self) -> list[dict[str, int]]:
        """Return from when to when whose car was stopped: the driver hears of it on the day after."""
        stopping = [f"sanction:{rule.id}" for rule in self.regime.sanctions if rule.stops is not None]
        driver = self.run.setting.population.vehicles["driver"]
        spells = self.spells_of("vehicle").filter(pl.col("rule").is_in(stopping)).to_dicts()
        return [
            {"person": int(driver[int(spell["subject"])]), "day": spell["day"] + 1, "end": spell["end"] + 1}
            for spell in spells
        ]

    def substitutes(self) -> np.ndarray:
        """Return what doing without refused services cost everybody, in fen."""
        access = self.society.access
        days = sum(self.refusals(name) * float(getattr(access, f"{name}_cost_days")) for name in SERVICES)
        return np.asarray(self.income * days) + self.paid("turned_away", "turned_off", "residence_refused")

    def paid(self, *what: str) -> np.ndarray:
        """Return what everybody paid in entries of some kinds, in fen."""
        rows = self.ledger.filter(pl.col("what").is_in(what), pl.col("person").is_not_null())
        amounts = (rows["amount_cny"].to_numpy() * 100).round()
        return np.bincount(rows["person"].to_numpy(), amounts, len(self.people))

    def studied(self) -> np.ndarray:
        """Return what study has cost everybody: who buys the certificate pays its price instead."""
        saved = per_person(self, self.rows("course_bought")) * float(self.regime.licence.study_cost_days)
        return self.paid("licence_withheld", "points_restored") - saved * self.income

    def fined(self) -> np.ndarray:
        """Return the fines that everybody has paid, in fen: those of the entries, less those still owed."""
        waiting = self.lived.world.pending()
        late = (waiting["kind"] == PAID) & (waiting["points"] == SETTLED)
        owed = waiting[late & (waiting["target"] < len(self.people))]
        return self.paid("record", "conviction", "silence_found", "disciplined") - np.bincount(
            owed["target"], owed["amount"], len(self.people)
        )


@pytest.fixture(scope="module")
def strict(town: Any) -> Seen:
    return Seen(town, 0)


@pytest.fixture(scope="module")
def law(town: Any) -> Seen:
    return Seen(town, 1)


@pytest.fixture(params=["strict", "law"])
def seen(request: pytest.FixtureRequest) -> Seen:
    found: Seen = request.getfixturevalue(request.param)
    return found


def groups(seen: Seen) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield every group twice: as cells, which indicators take, and as people."""
    for by, name, member in memberships():
        column = {"income fifth": "fifth"}.get(by, by)
        chosen = np.ones(len(seen.people), bool) if by == "all" else (seen.people[column] == name).to_numpy()
        yield member, chosen


def assert_indicator(
    seen: Seen,
    name: str,
    top: np.ndarray,
    bottom: np.ndarray,
    others: tuple[float, float] = (0, 0),
    **tolerance: float,
) -> None:
    """Compare an indicator with a ratio of sums over people, for everybody and for every group.

    Args:
        others: what vehicles and companies add to the sums of the whole.
    """
    for member, chosen in groups(seen):
        over, under = float(top[chosen].sum()), float(bottom[chosen].sum())
        if chosen.all():
            over, under = over + others[0], under + others[1]
        value = seen.recorder.value(BY_NAME[name], member)
        if under == 0:
            assert math.isnan(value)
        else:
            assert value == pytest.approx(over / under, **{"rel": 1e-9, "abs": 1e-12, **tolerance}), name


def per_person(seen: Seen, rows: pl.DataFrame) -> np.ndarray:
    """Count rows by citizen."""
    persons = rows.filter(pl.col("person").is_not_null())["person"].to_numpy()
    return np.bincount(persons, minlength=len(seen.people))


def adult_years(seen: Seen) -> np.ndarray:
    return seen.adult * (seen.last + 1) / 365.0


# flows that the ledger tells


def test_records_are_counted_by_their_label(seen: Seen) -> None:
    years = adult_years(seen) / 1000
    by_label = {label: per_person(seen, seen.rows("record", label=label)) for label in LABELS}
    roots = sum(by_label.values())
    records = seen.rows("record")
    people = records.filter(pl.col("kind") == "citizen")
    assert roots.sum() == len(people) > 100
    others = len(records) - len(people)
    assert_indicator(seen, "body_records", 0 * roots, years, others=(others, 0))
    assert_indicator(seen, "records", roots, years)
    for label in LABELS:
        assert_indicator(seen, f"records.{label}", by_label[label], years)
    assert_indicator(seen, "wrongful_share", sum(by_label[label] for label in WRONGFUL), roots)
    assert_indicator(seen, "necessity_recorded", by_label["necessity"], years)
    derived = per_person(seen, seen.rows("derived"))
    of_others = len(seen.rows("derived")) - derived.sum()
    assert (of_others > 100) == (seen.number == 0)
    # chains reach vehicles and firms, and from firms, offices and services the citizens who head them
    assert set(seen.rows("derived")["kind"].unique()) <= {"vehicle", "company", "citizen"}
    assert_indicator(seen, "others_penalised", by_label["mistaken"] + derived, roots, others=(of_others, 0))


@pytest.mark.parametrize("scolder", SCOLDERS)
def test_rebukes_are_counted_by_who_gave_them(scolder: str, seen: Seen) -> None:
    rows = seen.rows("scolding", rule=f"scolder:{scolder}")
    assert len(rows) > 10 or seen.number == 1
    assert_indicator(seen, f"scoldings.{scolder}", per_person(seen, rows), adult_years(seen) / 1000)


def test_what_is_lost_on_the_way_is_a_share_of_what_was_sent(seen: Seen) -> None:
    lost, arrived = seen.rows("loss"), seen.rows("arrival")
    firms = [len(rows.filter(pl.col("kind") != "citizen")) for rows in (lost, arrived)]
    by_person = [per_person(seen, rows) for rows in (lost, arrived)]
    assert (min(firms) > 0) == (seen.number == 0)
    assert_indicator(seen, "transfers_lost", by_person[0], sum(by_person), others=(firms[0], sum(firms)))


def test_sanctions_and_withheld_licences_are_counted_as_they_begin(seen: Seen) -> None:
    years = adult_years(seen) / 1000
    for name, what in (("sanction_starts", "sanction_start"), ("licences_withheld", "licence_withheld")):
        rows = seen.rows(what)
        own = rows.filter(pl.col("person").is_not_null())
        assert len(own) > 1 or seen.number == 1
        assert_indicator(seen, name, per_person(seen, own), years, (len(rows) - len(own), 0))


COUNTED = {
    "list_entries": "list_entry",
    "list_exits": "list_exit",
    "convictions": "conviction",
    "withdrawals": "withdrawal",
    "lapses": "lapse",
    "sanction_ends": "sanction_end",
    "licence_courses": "points_restored",
}
"""Indicators that count one kind of entry."""


@pytest.mark.parametrize("name", COUNTED)
def test_what_institutions_do_is_counted_entry_by_entry(name: str, seen: Seen) -> None:
    rows = seen.rows(COUNTED[name])
    own = rows.filter(pl.col("person").is_not_null())
    others = (len(rows) - len(own), 0)
    assert_indicator(seen, name, per_person(seen, own), adult_years(seen) / 1000, others)


def test_a_late_fine_is_paid_or_still_due(seen: Seen) -> None:
    paid = per_person(seen, seen.rows("fine_paid"))
    due = seen.lived.world.accounts["fines_due"][: len(paid)]
    assert (paid + due).sum() > 10
    assert_indicator(seen, "fines_late", paid + due, adult_years(seen) / 1000)


def test_listings_are_published_where_the_rules_say_so(seen: Seen) -> None:
    rows = seen.rows("list_entry")
    own = per_person(seen, rows)
    shown = {f"list:{one.id}" for one in seen.regime.lists if one.publishes}
    others = rows.filter(pl.col("kind") != "citizen")
    published = rows.filter(pl.col("rule").is_in(list(shown)))
    of_others = len(published.filter(pl.col("kind") != "citizen"))
    assert_indicator(seen, "listings_published", per_person(seen, published), own, (of_others, len(others)))


def test_fines_and_study_are_what_the_entries_say(seen: Seen) -> None:
    years = adult_years(seen) * 100
    assert len(seen.rows("conviction")) > 10 or seen.number == 1
    assert_indicator(seen, "cost.fines", seen.fined(), years)
    assert_indicator(seen, "cost.study", seen.studied(), years)


def test_pay_lost_is_the_sanctions_share_of_pay_from_start_to_end(seen: Seen) -> None:
    lost = seen.pay_lost()
    assert (np.abs(lost).sum() > 0) == (seen.number == 0)
    assert (lost < 0).any() == (seen.number == 0)  # rewards
    # a settlement is cut to a whole fen
    assert_indicator(seen, "cost.pay_lost", lost, adult_years(seen) * 100, rel=1e-3, abs=0.005)


@pytest.mark.parametrize("service", SERVICES)
def test_services_are_refused_in_the_weeks_in_which_they_were_wished_for(service: str, seen: Seen) -> None:
    times = seen.refusals(service)
    refused = any(service in sanction.refuses for sanction in seen.regime.sanctions)
    assert (times.sum() > 0) == refused or seen.number == 1
    # and by nobody, for want of money
    rows = seen.rows("no_money")
    missed = per_person(seen, rows.filter(pl.col("rule") == f"service:{service}"))
    assert_indicator(seen, f"refused.{service}", times + missed, adult_years(seen) / 1000)


def test_doing_without_costs_days_of_ones_own_income(seen: Seen) -> None:
    assert_indicator(
        seen, "cost.substitutes", seen.substitutes(), adult_years(seen) * 100, rel=1e-3, abs=0.01
    )


def test_penalty_days_are_all_costs_over_ones_own_income(seen: Seen) -> None:
    fen = seen.fined() + seen.studied() + seen.paid("repair_begun")
    fen += seen.paid("held_liable", "claim_fined", "damages", "settled_out")
    fen += seen.paid("threat_paid", "claim_lost", "harassed", "labour_damages", "bonus_cut")
    fen += seen.pay_lost() + seen.substitutes() - seen.paid("record_reversed")
    # each cost is cut to a thousandth of a day
    assert_indicator(seen, "penalty_days", fen / seen.income, adult_years(seen), rel=0.01, abs=0.002)


def test_administration_costs_what_its_tasks_cost(seen: Seen) -> None:
    price = seen.society.administration
    rows = seen.ledger.filter(pl.col("what").is_in(["record", "credit", "conviction", "arrival"]))
    counted = dict(rows.group_by("what").len().iter_rows())
    expected = float(price.record) * (counted.get("record", 0) + counted.get("credit", 0))
    expected += float(price.court) * counted.get("conviction", 0)
    expected += float(price.transfer) * counted.get("arrival", 0)
    counters = seen.lived.world.counters().sum(axis=0)
    expected += float(price.inspection) * counters[flow("work.inspection.met")]
    found = seen.recorder.value(BY_NAME["cost.administration"], EVERYBODY)
    assert found == pytest.approx(expected / adult_years(seen).sum())


def test_deeds_credited_and_offences_recorded_were_met_and_done(seen: Seen) -> None:
    counted = seen.lived.world.counters().sum(axis=0)
    for conduct in seen.regime.conducts:
        what = "credit" if conduct.answers in DEEDS else "record"
        rows = seen.rows(what, rule=f"conduct:{conduct.id}")
        assert counted[flow(f"{conduct.answers}.recorded")] == len(rows)
        if conduct.answers == "nb.witness":
            continue  # a reward is credited for what nobody has done too
        own = len(rows.filter(~pl.col("label").is_in(["mistaken", "fabricated"])))
        acted, met = (counted[flow(f"{conduct.answers}.{what}")] for what in ("acted", "met"))
        if conduct.answers in (
            *BODY_KINDS,
            *INCIDENTS,
            *CAUSED,
            "law.staged",
            "nb.grudge",
            "work.harassment",
        ):
            # some act each time, and no agency of so few need ever have been seen
            assert own <= acted
            continue
        # in a town of so few the rarest acts need not have been seen
        assert own > 0 or acted * float(conduct.coverage) < 10
        assert own <= acted < met


def test_every_situation_met_ends_in_one_way(seen: Seen) -> None:
    counted = dict(zip((name for name, _, _ in FLOWS), seen.lived.world.counters().sum(axis=0), strict=True))
    assert sum(counted[f"{kind}.met"] for kind in KINDS) == seen.lived.world.events
    # an injured stranger is entered for everybody who comes by, and a collision for its driver
    for kind, entered in (("nb.stranger", "met_stranger"), ("road.collision", "collided")):
        assert counted[f"{kind}.met"] == len(seen.ledger.filter(pl.col("what") == entered))
    for kind in OFFENCES:
        ways = [counted[f"{kind}.{way}"] for way in ("vetoed", "acted", "principle", "law", "score")]
        # a superior may not be found, or decide tomorrow; who does not rate a service is not counted; and
        # what officials and travellers wish for may be refused
        others = ("work.harassment", "svc.rated", *LAWFUL)
        assert sum(ways) == counted[f"{kind}.met"] or kind in others
        assert sum(ways) <= counted[f"{kind}.met"]
    for kind in DEEDS:
        ways = [counted[f"{kind}.{way}"] for way in ("principle", "law", "score")]
        assert sum(ways) == counted[f"{kind}.acted"]
    # what is nobody's choice ends in itself
    for kind in EVENTS:
        assert counted[f"{kind}.acted"] + counted[f"{kind}.vetoed"] == counted[f"{kind}.met"]
    own = [kind for kind in OFFENCES if kind not in (*BODY_KINDS, *LAWFUL)]
    fear = sum(counted[f"{kind}.{why}"] for kind in own for why in ("law", "score"))
    restrained = fear + sum(counted[f"{kind}.principle"] for kind in own)
    by_score = sum(counted[f"{kind}.score"] for kind in own)
    for name, value in (
        ("restraint_by_fear", fear / restrained),
        ("restraint_by_score", by_score / restrained),
        ("deeds_for_points", counted["nb.deed_seen.score"] / counted["nb.deed_seen.acted"]),
        *(
            (f"acts_share.{kind}", counted[f"{kind}.acted"] / met)
            for kind in KINDS
            if (met := counted[f"{kind}.met"])
        ),
        *((f"acts.{kind}", counted[f"{kind}.acted"] / adult_years(seen).sum()) for kind in KINDS),
    ):
        assert seen.recorder.value(BY_NAME[name], EVERYBODY) == pytest.approx(value), name


def test_people_under_ordinary_law_are_not_held_back_by_a_score(law: Seen) -> None:
    assert law.recorder.value(BY_NAME["restraint_by_score"], EVERYBODY) == 0
    assert law.recorder.value(BY_NAME["deeds_for_points"], EVERYBODY) == 0


# stocks that the final state tells


def left(elapsed: np.ndarray, half_life: float) -> np.ndarray:
    """Return what is left of something after the elapsed days."""
    return np.asarray(0.5 ** (elapsed / half_life)) if half_life else np.ones(len(elapsed))


def since(seen: Seen, column: str) -> np.ndarray:
    return np.asarray(seen.last - seen.state[column].astype(int))


@pytest.mark.parametrize("circle", CIRCLES)
def test_trust_has_returned_part_of_the_way_to_where_it_began(circle: str, seen: Seen) -> None:
    trust = seen.society.trust
    start = float(getattr(trust, circle))
    now = seen.state["trust"][:, CIRCLES.index(circle)] / 65535
    kept = left(since(seen, "trust_day"), float(trust.return_years) * 365 * math.log(2))
    assert_indicator(
        seen, f"trust.{circle}", seen.adult * (start + (now - start) * kept), seen.adult * 1.0, abs=4e-5
    )


@pytest.mark.parametrize("family", FAMILIES)
def test_conscience_and_perceived_detection_are_means_over_adults(family: str, seen: Seen) -> None:
    learning = seen.society.learning
    elapsed, place = since(seen, "belief_day"), FAMILIES.index(family)
    norm = 1 - (1 - seen.state["norm"][:, place] / 32768) * left(
        elapsed, round(math.log(2) / float(learning.rho) * 365)
    )
    assert_indicator(seen, f"conscience.{family}", seen.adult * norm, seen.adult * 1.0, abs=1e-4)
    log = seen.state["perceived"][:, place] / 4096
    factor = np.exp(log * left(elapsed, float(learning.quiet_half_life_years) * 365))
    assert_indicator(seen, f"perceived.{family}", seen.adult * factor, seen.adult * 1.0, abs=5e-4)


def scores(seen: Seen) -> np.ndarray:
    """Return everybody's composite score as a difference from its base."""
    score = seen.regime.score
    half_life = float(score.half_life_days) if score else 0.0
    accounts = seen.lived.world.accounts_of(CITIZEN)
    kept = left(seen.last - accounts["day"], half_life)
    return np.asarray(accounts["composite"][:, 0] / 1000 * kept)


def test_scores_and_bands_are_those_of_the_last_day(strict: Seen, law: Seen) -> None:
    points = scores(strict)
    assert_indicator(strict, "composite", strict.adult * points, strict.adult * 1.0, abs=1e-3)
    shown = float(strict.regime.score.base) + np.floor(np.abs(points) + 0.5) * np.sign(points)
    above = np.inf
    adults = strict.adult.sum()
    for place, band in enumerate(sorted(strict.regime.bands, key=lambda band: -float(band.from_)), 1):
        within = strict.adult & (shown >= float(band.from_)) & (shown < above)
        above = float(band.from_)
        value = strict.recorder.value(BY_NAME[f"band.{place}"], EVERYBODY)
        # the fixed-point score of one or two may round to the other side of an edge
        assert value == pytest.approx(within.sum() / adults, abs=2 / adults)
    values = [strict.recorder.value(BY_NAME[f"band.{place}"], EVERYBODY) for place in range(1, 9)]
    assert sum(values) == pytest.approx(1)
    assert sum(value > 0 for value in values) >= 4
    assert law.recorder.value(BY_NAME["composite"], EVERYBODY) == 0
    assert law.recorder.value(BY_NAME["band.1"], EVERYBODY) == 0


def test_the_sanctioned_are_those_whose_sanction_has_begun_and_not_ended(seen: Seen) -> None:
    lasting = seen.spells.filter("lasting")
    sanctions = {f"sanction:{rule.id}": rule for rule in seen.regime.sanctions}
    under = np.zeros(len(seen.people), bool)
    refused = {service: under.copy() for service in SERVICES}
    for spell in lasting.to_dicts():
        rule = sanctions.get(spell["rule"])
        if rule is not None:
            under[spell["person"]] = True
            for service in rule.refuses:
                refused[service][spell["person"]] = True
    assert under.any() or seen.number == 1
    assert len(lasting.filter(~pl.col("rule").is_in(list(sanctions)))) > 0 or seen.number == 1  # rewards
    assert_indicator(seen, "sanctioned", under & seen.adult, seen.adult)
    for service in SERVICES:
        assert_indicator(seen, f"barred.{service}", refused[service] & seen.adult, seen.adult)


def test_stress_fades_and_awareness_spreads(seen: Seen) -> None:
    kept = left(since(seen, "mood_day"), float(seen.society.stress.half_life_days))
    stress = seen.state["stress"] / 256 * kept
    assert_indicator(seen, "stress", seen.adult * stress, seen.adult * 1.0, abs=1 / 256)
    aware = (seen.state["aware_day"] <= seen.last) & seen.adult
    assert_indicator(seen, "aware", aware, seen.adult)


def wealth(seen: Seen) -> np.ndarray:
    """Return everybody's liquid wealth on the last day in CNY, from the day it was last settled."""
    saved = (seen.state["saving"].astype(int) - seen.state["wage_loss"]) / 32768 * seen.income
    days, held = since(seen, "wealth_day"), seen.state["wealth_fen"]
    # interest on what lies below nought: the area under a straight line
    steps = np.linspace(0, 1, 401)
    below = np.maximum(-(held[:, None] + saved[:, None] * days[:, None] * steps), 0)
    owed = np.trapezoid(below, steps, axis=1) * days * float(seen.society.debts.interest) / 365
    return np.asarray((held + saved * days - owed) / 100)


def test_wealth_grows_by_what_is_not_spent(seen: Seen) -> None:
    assert_indicator(seen, "wealth", seen.adult * wealth(seen), seen.adult * 1.0, rel=1e-4)


# what holds for all indicators


def test_every_indicator_has_a_sentence_and_a_unit() -> None:
    assert len({indicator.name for indicator in INDICATORS}) == len(INDICATORS)
    for indicator in INDICATORS:
        assert indicator.definition.endswith(".")
        assert indicator.unit


def test_months_add_up_to_the_run(seen: Seen) -> None:
    frame = seen.recorder.frame("w").filter(pl.col("by") == "all")
    assert frame["month"].n_unique() == 36
    counted = seen.lived.world.counters()
    settled_later = {flow(name) for name in ("pay_lost_fen", "penalty_days", "administration_fen")}
    for indicator in INDICATORS:
        months = frame.filter(pl.col("indicator") == indicator.name).sort("month")
        value = seen.recorder.value(indicator, EVERYBODY)
        if indicator.is_stock:
            last = months["value"][-1]
            assert math.isnan(value) if last is None else last == pytest.approx(value)
            continue
        assert (months["top"] >= 0).all() or indicator.name == "cost.pay_lost"
        columns = list(indicator.top.columns)
        if not settled_later & set(columns):
            assert months["top"].sum() == counted[:, columns].sum()
        if months["bottom"].sum():
            assert months["top"].sum() / months["bottom"].sum() * indicator.scale == pytest.approx(value)
    years = frame.filter(pl.col("indicator") == "records")["bottom"].sum()
    assert years == pytest.approx(adult_years(seen).sum())


def test_months_of_the_ledger_are_months_of_the_series(strict: Seen) -> None:
    months = strict.recorder.frame("w").filter(pl.col("by") == "all", pl.col("indicator") == "records")
    filed = (
        strict.rows("record")
        .filter(pl.col("kind") == "citizen")
        .group_by(pl.col("date").dt.month_end().alias("month"))
        .len()
    )
    both = months.join(filed, on="month", how="left", validate="1:1").sort("month")
    assert both["top"].to_list() == both["len"].fill_null(0).to_list()


def test_groups_add_up_to_the_whole(seen: Seen) -> None:
    frame = seen.recorder.frame("w")
    sums = frame.group_by("by", "indicator", "month").agg(pl.col("top", "bottom").sum())
    whole = sums.filter(pl.col("by") == "all").drop("by")
    assert set(frame["by"].unique()) == {"all", "stratum", "hukou", "income fifth", "composed as in life"}
    # vehicles and companies belong to everybody only, and so does inequality
    firms_too = ["others_penalised", "transfers_lost", "sanction_starts", "gini.income", "gini.wealth"]
    firms_too.append("cost.administration")
    firms_too += ["body_records", "cost.body_fines", "budget_days", "vehicles_stopped"]
    firms_too += ["list_entries", "list_exits", "listings_published", "sanction_ends", "lapses"]
    firms_too += ["copies_astray", "copies_doubled", "withdrawals", "idle_vehicle_weeks"]
    firms_too += ["customer_rating_records", "serving_records", "upheld_for_integrity"]
    firms_too += [
        "unpaid_bills",
        "cost.unpaid_bills",
        "unpaid_firms_cut",
        "unpaid_notices",
        "cost.body_budget",
    ]
    firms_too += [f"{name}.{kind}" for name in ("acts", "acts_share") for kind in BODY_KINDS]
    # firms, agencies and services appeal at the same desks
    firms_too += ["appeals.wrongful", "appeals.rightful", "appeals.inability", "reversed_share.wrongful"]
    firms_too += ["reversed_share.rightful", "reversed_share.inability", "reversed_share.organisations"]
    firms_too += ["appeal_days", "appeals_pending", "appeals_left", "appeals_of_organisations"]
    firms_too += ["organisations_appeal_for_score", "cost.body_refunds", "grade_inspections"]
    firms_too += ["appeals_late", "reversed_overdue"]
    for by in ("stratum", "hukou", "income fifth"):
        both = sums.filter(pl.col("by") == by).join(whole, on=["indicator", "month"], suffix="_whole")
        assert len(both) == len(whole)
        of_people = both.filter(~pl.col("indicator").is_in(firms_too))
        for side in ("top", "bottom"):
            assert np.allclose(of_people[side], of_people[f"{side}_whole"], rtol=1e-12, atol=0)
            assert (both[side] <= both[f"{side}_whole"] + 1e-6).all()


def test_values_are_missing_only_where_there_was_no_occasion(seen: Seen) -> None:
    frame = seen.recorder.frame("w")
    assert ((frame["bottom"] == 0) == frame["value"].is_null()).all()
    assert frame["value"].is_nan().sum() == 0
    shares = frame.filter(pl.col("unit") == "share", ~pl.col("indicator").str.starts_with("conscience"))
    assert shares["value"].min() >= 0
    # what superiors agree to is done weeks later: a month may see more of it than was asked for in it
    later = pl.col("indicator").str.starts_with("acts_share.cs.") | (
        pl.col("indicator") == "travel_days_granted"
    )
    assert shares.filter(~later)["value"].max() <= 1
    for name in shares.filter(later)["indicator"].unique():
        value = seen.recorder.value(BY_NAME[name], EVERYBODY)
        assert value <= 1 or math.isnan(value), name


def test_the_end_of_a_run_can_be_looked_at_by_itself(strict: Seen) -> None:
    late = strict.rows("record").filter(pl.col("day") >= strict.last - 30, pl.col("kind") == "citizen")
    value = strict.recorder.value(BY_NAME["records"], EVERYBODY, last=1)
    assert value == pytest.approx(len(late) / (strict.adult.sum() * 31 / 365) * 1000)


def test_differences_are_between_the_worlds(town: Any, strict: Seen, law: Seen) -> None:
    told = indicators_json(town)
    assert list(told) == [indicator.name for indicator in INDICATORS]
    for name, entry in told.items():
        values = [seen.recorder.value(BY_NAME[name], EVERYBODY) for seen in (strict, law)]
        if not any(map(math.isnan, values)):
            assert entry["difference"] == pytest.approx(values[0] - values[1], abs=2e-6)


# twins


def test_twins_are_compared_one_by_one(strict: Seen, law: Seen) -> None:
    days = twin_days(strict.lived.world, law.lived.world)
    mine, yours = wealth(strict), wealth(law)
    for person in range(len(days)):
        expected = (mine[person] - yours[person]) * 100 / strict.income[person]
        assert days[person] == pytest.approx(expected, abs=1e-3)


def test_a_group_of_twins_is_summed_up(strict: Seen, law: Seen) -> None:
    days = twin_days(strict.lived.world, law.lived.world)
    for _, people in groups(strict):
        chosen = people & strict.adult
        own = [float(days[person]) for person in range(len(days)) if chosen[person]]
        worse = [-value for value in own if value <= -NOTICED_DAYS]
        better = [value for value in own if value >= NOTICED_DAYS]
        found = twin_difference(days, chosen)
        assert found.adults == len(own)
        assert found.worse_share == pytest.approx(len(worse) / len(own) if own else 0.0)
        assert found.better_share == pytest.approx(len(better) / len(own) if own else 0.0)
        assert found.worse_days == pytest.approx(sum(worse) / len(worse) if worse else 0.0)
        assert found.better_days == pytest.approx(sum(better) / len(better) if better else 0.0)
        assert found.mean_days == pytest.approx(sum(own) / len(own) if own else 0.0, abs=1e-9)


def test_twins_of_another_population_are_refused(strict: Seen, hamlet: Any) -> None:
    with pytest.raises(ValueError, match="share one population"):
        twin_days(strict.lived.world, hamlet.worlds[0].world)


def test_a_world_is_its_own_twin(strict: Seen) -> None:
    days = twin_days(strict.lived.world, strict.lived.world)
    assert not days.any()
    assert twin_difference(days, strict.adult).worse_share == 0


def test_everybody_may_be_composed_as_in_life(strict: Seen) -> None:
    """A group of its own weighs strata by what their members count for in life (F43)."""
    weight = np.ones(len(STRATA))
    weight[STRATA.index("formal")] = 0.5
    recorder = Recorder(strict.recorder.start, 1, weight)
    recorder.restore(strict.recorder.arrays())
    recorder.ends = strict.recorder.ends
    groups_proper = pl.col("by") != "composed as in life"
    frame, alone = recorder.frame("w"), strict.recorder.frame("w").filter(groups_proper)
    assert frame.filter(groups_proper).equals(alone)
    chosen = (pl.col("indicator") == "stress") & (pl.col("month") == pl.col("month").max())
    parts = alone.filter(chosen, pl.col("by") == "stratum")
    formal = parts.filter(pl.col("group") == "formal")
    for side in ("top", "bottom"):
        whole = frame.filter(chosen, pl.col("by") == "composed as in life")[side].item()
        assert whole == pytest.approx(parts[side].sum() - formal[side].item() / 2)
