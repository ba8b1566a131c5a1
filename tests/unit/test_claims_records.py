"""Statistics of records in small worlds, counted again row by row, and where the answer is known."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

import numpy as np
import pytest

from demerit.catalogue.counters import flow
from demerit.catalogue.entries import ENTRY_KINDS
from demerit.catalogue.words import CELLS, CITIZEN, KINDS, LABELS, STRATA, SUBJECT_SHIFT
from demerit.claims.of_appeals import STATISTICS as APPEALS
from demerit.claims.of_chains import STATISTICS as CHAINS
from demerit.claims.of_context import STATISTICS as CONTEXT
from demerit.claims.of_exempt import STATISTICS as EXEMPT
from demerit.claims.of_exempt import free_acts
from demerit.claims.of_groups import STATISTICS as GROUPS
from demerit.claims.of_groups import against_expected, sanction_days
from demerit.claims.of_platforms import STATISTICS as PLATFORMS
from demerit.claims.of_status import STATISTICS as STATUS
from demerit.claims.of_status import conduct, known_acts, scores, status
from demerit.claims.reading import Figure, Reading
from demerit.engine.ids import id_subject
from demerit.measures.recorder import Recorder
from demerit.measures.stocks import COLUMN
from demerit.regime import Regime
from demerit.simulation.setting import Setting, settle
from demerit.society import Society

DAYS = 4 * 365
WEIGHTS = ("road", "municipal", "market", "tax", "credit", "court", "commercial")
CONTEXTS = ("necessity", "inability")
ALL = CHAINS | CONTEXT | APPEALS | EXEMPT | PLATFORMS | GROUPS | STATUS
NAMES = [kind.name for kind in ENTRY_KINDS]
Row = dict[str, Any]


def live(setting: Setting, regime: Regime) -> Reading:
    world = setting.world(regime)
    recorder = Recorder(date(2014, 1, 1), DAYS)
    world.run(DAYS, each_day=recorder)
    rows = world.take_rows()
    return Reading(setting, regime, world, recorder, rows[np.argsort(rows["id"])], date(2014, 1, 1), DAYS)


@pytest.fixture(scope="module")
def people() -> Setting:
    return settle(Society.load("city"), 2000, 1)


@pytest.fixture(scope="module")
def essay(people: Setting) -> Reading:
    return live(people, Regime.load("essay"))


@pytest.fixture(scope="module")
def law(people: Setting) -> Reading:
    return live(people, Regime.load("ordinary-law"))


@pytest.fixture(scope="module")
def watchdog(people: Setting) -> Reading:
    return live(people, Regime.load("watchdog"))


class Told:
    """A ledger as a plain list of rows in words, each with the row that caused it."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        layout = reading.world.book.layout  # type: ignore[union-attr]
        self.conducts = layout.numbers.conducts
        self.transfers = layout.numbers.transfers
        self.hanging = layout.numbers.hanging
        self.registers = layout.registers
        names = reading.rows.dtype.names or ()
        self.rows = [dict(zip(names, row, strict=True)) for row in reading.rows.tolist()]
        self.by_id = {row["id"]: row for row in self.rows}
        for row in self.rows:
            row["name"] = NAMES[row["what"]]
            row["truth"] = LABELS[row["label"]]
            above = self.by_id.get(row["cause"])
            row["above"] = None if above is row else above

    def of(self, *names: str) -> list[Row]:
        return [row for row in self.rows if row["name"] in names]

    def up(self, row: Row | None) -> list[Row]:
        """Return a row and all above it."""
        found = []
        while row is not None:
            found.append(row)
            row = row["above"]
        return found

    def first_up(self, row: Row, *names: str) -> Row | None:
        return next((one for one in self.up(row) if one["name"] in names), None)

    def spells(self) -> list[tuple[Row, int]]:
        """Return sanctions on people as the rows that began them and their days."""
        died = {row["subject"]: row["day"] for row in self.of("death")}
        open_ones: dict[tuple[int, int], Row] = {}
        found = []
        for row in self.of("sanction_start", "sanction_end"):
            key = (row["subject"], row["rule"])
            if row["subject"] >> SUBJECT_SHIFT != CITIZEN or self.hanging[row["rule"]].section != "sanction":
                continue
            if row["name"] == "sanction_start":
                open_ones[key] = row
            else:
                start = open_ones.pop(key)
                end = min(row["day"], died.get(row["subject"], DAYS))
                found.append((start, max(end - start["day"], 0)))
        for start in open_ones.values():
            found.append((start, max(died.get(start["subject"], DAYS) - start["day"], 0)))
        return found


@pytest.fixture(scope="module")
def told(essay: Reading) -> Told:
    return Told(essay)


def is_citizen(row: Row) -> bool:
    return int(row["subject"]) >> SUBJECT_SHIFT == CITIZEN


def read(reading: Reading, key: str) -> Figure:
    found = ALL[key].read(reading)
    assert isinstance(found, Figure)
    return found


def test_every_key_is_counted() -> None:
    parts = {"C1": 2, "C2": 2, "C8": 4, "C11": 2, "C16": 2, "C19": 1, "C20": 1, "C22": 2, "C24": 2}
    assert set(ALL) == {f"{claim}.{part}" for claim, count in parts.items() for part in range(1, count + 1)}


def test_identical_regimes_give_equal_figures(people: Setting, essay: Reading) -> None:
    twin = live(people, Regime.load("essay"))
    assert {key: read(twin, key) for key in ALL} == {key: read(essay, key) for key in ALL}


def test_without_an_occasion_there_is_no_figure(law: Reading) -> None:
    for key in ("C11.2", "C19.1", "C20.1", "C22.2"):
        figure = read(law, key)
        assert np.isnan(figure.value)
        assert figure.occasions == 0


def test_others_penalised_are_those_found_by_climbing_from_every_row(told: Told, essay: Reading) -> None:
    points = {"record", "entered", "conviction", "derived", "arrival", "shared_in", "integrity_lost"}
    points |= {"disciplined", "relative_marked"}
    always = {"licence_withheld", "job_lost", "loan_refused", "gate_refused", "turned_away", "bonus_cut"}
    always |= {"step_missed", "demoted"}
    records = [row for row in told.of("record") if is_citizen(row) and row["day"] < DAYS - 365]
    pairs = set()
    for row in told.rows:
        name = row["name"]
        hit = name in always or (name in points and row["points"] < 0)
        hit |= name in ("record", "conviction") and row["amount"] > 0
        hit |= name == "sanction_start" and told.hanging[row["rule"]].section == "sanction"
        for record in told.up(row) if hit else []:
            if record["name"] != "record" or not is_citizen(record) or record["day"] >= DAYS - 365:
                continue
            mistaken = record["truth"] == "mistaken"
            actor = id_subject(record["cause"]) if mistaken else record["subject"]
            if row["subject"] != actor and row["day"] - record["day"] <= 365:
                pairs.add((record["id"], row["subject"]))
    figure = read(essay, "C1.1")
    assert figure == Figure(len(pairs) / len(records), len(records))
    assert len(pairs) > 100


def test_ordinary_law_hardly_reaches_others(law: Reading, essay: Reading) -> None:
    assert read(law, "C1.1").value < 0.02 < read(essay, "C1.1").value


def test_necessity_is_a_record_in_the_ledger(told: Told, essay: Reading) -> None:
    filed = sum(row["truth"] == "necessity" for row in told.of("record") if is_citizen(row))
    figure = read(essay, "C2.1")
    assert figure.value == pytest.approx(1000 * filed / figure.occasions)


def test_where_no_context_is_heard_necessity_is_penalised_like_anything(essay: Reading) -> None:
    assert read(essay, "C2.2").value == pytest.approx(1)


def test_chances_under_the_law_are_put_together_rule_by_rule(law: Reading) -> None:
    told = Told(law)
    tally: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in told.of("record"):
        if is_citizen(row):
            tally[told.conducts[row["rule"]]][row["truth"]] += 1
    top = bottom = detected = 0.0
    for kind in KINDS:
        if kind.startswith(("svc.", "ag.", "work.firm", "work.shop", "work.inspection")):
            continue
        filed, others = tally[kind]["necessity"], tally[kind]["true"]
        both = filed + law.count(f"{kind}.heard_context")
        detected += both
        if both + others:
            top += filed * others / (both + others)
            bottom += others * both / (both + others)
    figure = read(law, "C2.2")
    assert figure == Figure(pytest.approx(top / bottom), detected)
    assert 0 < figure.value < 1


def test_the_wait_is_that_of_the_recorded_appeals(watchdog: Reading, essay: Reading) -> None:
    assert read(watchdog, "C8.1").value < read(essay, "C8.1").value
    assert read(essay, "C8.1") == read(essay, "C8.3")


def test_cleared_records_have_no_copy_left(watchdog: Reading) -> None:
    told = Told(watchdog)
    platforms = {platform.id for platform in watchdog.regime.data.platforms}
    left: dict[int, int] = defaultdict(int)
    reversed_on = {told.first_up(row, "record")["id"]: row["day"] for row in told.of("record_reversed")}  # type: ignore[index]
    for row in told.of("arrival", "recall"):
        source = told.first_up(row, "record", "derived", "withdrawn_derived", "conviction", "credit")
        goal = told.transfers[row["rule"]].to
        if source and source["name"] == "record" and goal in platforms and row["day"] - source["day"] <= 365:
            left[source["id"]] += 1 if row["name"] == "arrival" else -1
    wrongful = [
        row
        for row in told.of("record")
        if is_citizen(row)
        and 365 <= row["day"] < DAYS - 365
        and row["truth"] in ("necessity", "mistaken", "fabricated", "duplicate")
    ]
    cleared = [
        row
        for row in wrongful
        if reversed_on.get(row["id"], DAYS * 2) - row["day"] <= 365 and left[row["id"]] <= 0
    ]
    assert len(cleared) > 10
    assert read(watchdog, "C8.2") == Figure(len(cleared) / len(wrongful), len(wrongful))


def test_the_fall_of_the_exempt_is_followed_arrival_by_arrival(told: Told, essay: Reading) -> None:
    traits = essay.setting.population.traits
    adults = np.flatnonzero(essay.adult)
    exempt = {int(person) for person in adults if STRATA[traits["cell"][person] // 20] in ("elite", "cadre")}
    moves = [row for row in told.of("arrival", "recall") if is_citizen(row)]
    assert {told.transfers[row["rule"]].to for row in moves} == {"province"}
    losses = [-row["points"] for row in moves if row["name"] == "arrival" and row["points"] < 0]
    fallen = set()
    height: dict[int, int] = defaultdict(int)
    highest: dict[int, int] = defaultdict(int)
    for row in moves:
        person = row["subject"]
        height[person] += row["points"]
        highest[person] = max(highest[person], height[person])
        if highest[person] - height[person] >= np.median(losses):
            fallen.add(person)
    assert read(essay, "C11.1") == Figure(len(fallen & exempt) / len(exempt), len(exempt))


def test_whom_no_record_reaches_loses_nothing_by_own_acts(people: Setting, essay: Reading) -> None:
    above_all = Regime.load("essay").patched({"exemptions.filed.elite": 0, "exemptions.filed.cadre": 0})
    spared = live(people, above_all)
    assert read(spared, "C11.2").value == 0
    assert read(spared, "C11.1").value < read(essay, "C11.1").value
    assert 0 < read(essay, "C11.2").value < 1


def test_free_acts_are_those_of_the_indicators(essay: Reading) -> None:
    acts = free_acts(essay)
    assert acts.shape == (CELLS, len(KINDS))
    place = KINDS.index("money.bill")
    excused = sum(essay.count(f"money.bill.{why}") for why in CONTEXTS)
    assert acts[:, place].sum() == essay.count("money.bill.acted") - excused
    two_years = [month[:CELLS] for month in essay.recorder.flows[-24:]]
    later = sum(month[:, flow("money.bill.acted")].sum() for month in two_years)
    later -= sum(month[:, flow(f"money.bill.{why}")].sum() for month in two_years for why in CONTEXTS)
    assert free_acts(essay, 24)[:, place].sum() == later < acts[:, place].sum()


def test_marks_for_relatives_are_those_the_engine_counts(essay: Reading, told: Told) -> None:
    inquiries = [row for row in told.of("disciplined") if told.first_up(row, "relative_marked")]
    more = -sum(row["points"] for row in inquiries)
    found = (essay.count("relatives_points") + more) / essay.count("service_points")
    assert read(essay, "C16.1").value == pytest.approx(found)


def test_where_no_relative_counts_nothing_comes_from_them(people: Setting, essay: Reading) -> None:
    nobody = {"civil_service.relatives.condition": 0, "civil_service.relatives.offence": 0}
    alone = live(people, Regime.load("essay").patched(nobody))
    assert read(alone, "C16.1").value == 0
    assert read(alone, "C16.2").value != read(essay, "C16.2").value


def test_what_officials_lose_is_added_up_step_by_step(essay: Reading, told: Told) -> None:
    incomes = essay.setting.population.traits["income_fen_day"]
    died = {row["subject"]: row["day"] for row in told.of("death")}
    lost, grades = 0.0, {}
    for row in told.of("graded", "step_missed", "demoted", "disciplined"):
        person = row["subject"]
        if row["name"] == "graded":
            lost += row["rule"] > grades.get(person, 1)
            grades[person] = row["rule"]
        else:
            days = 1 if row["name"] == "disciplined" else died.get(person, DAYS) - row["day"]
            lost += row["amount"] * days / int(incomes[person])
    years = len(told.of("graded"))
    assert read(essay, "C16.2") == Figure(pytest.approx(1000 * lost / years), years)


def test_live_national_records_are_found_copy_by_copy(essay: Reading, told: Told) -> None:
    back = set()
    for row in told.of("recall"):
        source = told.first_up(row, "record", "conviction", "withdrawn_derived")
        assert source is not None
        back.add((source["id"], row["register"], row["subject"]))
    withdrawn = {told.first_up(row, "record")["id"] for row in told.of("record_reversed")}  # type: ignore[index]
    live_ones: dict[tuple[int, int, int], bool] = {}
    for row in told.of("arrival", "loss"):
        source = told.first_up(row, "record", "conviction", "derived", "credit")
        if not is_citizen(row) or row["points"] >= 0 or told.transfers[row["rule"]].from_ != "nation":
            continue
        if source is None or source["name"] not in ("record", "conviction"):
            continue
        key = (source["id"], row["register"], row["subject"])
        if key in back or (row["name"] == "loss" and source["id"] in withdrawn):
            continue
        not_done = source["truth"] in ("mistaken", "fabricated") or row["truth"] == "mistaken"
        live_ones[key] = not_done or source["id"] in withdrawn
    figure = read(essay, "C20.1")
    assert figure == Figure(sum(live_ones.values()) / len(live_ones), len(live_ones))
    assert figure.occasions > 100


def test_where_copies_go_astray_more_records_are_wrong(people: Setting, essay: Reading) -> None:
    mixed = live(people, Regime.load("essay").patched({"transfer.commercial-to-nation.mismatch": 0.3}))
    assert read(mixed, "C20.1").value > 0.1 > read(essay, "C20.1").value


def test_public_sanctions_are_all_but_those_of_lenders_and_the_operator(essay: Reading, told: Told) -> None:
    private = {"lenders-refuse", "commercial-poor"}
    spells = [(row, days) for row, days in told.spells() if told.hanging[row["rule"]].id not in private]
    refused = [essay.count(f"{service}_refused") for service in ("transit", "train", "flight")]
    refused += [essay.count(f"{service}_refused") for service in ("hospital", "school", "housing")]
    refused += [essay.count("residence_refused_for_score"), essay.count("passports_withheld")]
    total = sum(days for _, days in spells) + sum(refused)
    assert read(essay, "C22.1").value == pytest.approx(1000 * total / essay.adult_years)
    commercial = told.registers.index("commercial")
    known = 0
    for row, _ in spells:
        above = [one for one in told.up(row) if one["name"] in ("record", "entered", "shared_in", "arrival")]
        known += any(one["register"] == commercial for one in above)
    assert read(essay, "C22.2") == Figure(known / len(spells), len(spells))
    assert known > 0


def test_a_score_that_moves_nobody_follows_nothing(people: Setting) -> None:
    weightless = {f"score.weights.{name}": 0 for name in WEIGHTS}
    still = Regime.load("essay").patched(weightless | {"hukou.thin_file": 0})
    figure = read(live(people, still), "C19.1")
    assert np.isnan(figure.value)
    assert figure.occasions == 0


def test_what_the_operator_keeps_to_itself_sanctions_nobody(people: Setting, essay: Reading) -> None:
    kept = live(people, Regime.load("essay").patched({"transfer.commercial-to-nation.access": 0}))
    assert read(kept, "C22.2").value == 0
    assert read(kept, "C22.1").value < read(essay, "C22.1").value


def test_the_score_is_the_one_the_world_keeps(essay: Reading) -> None:
    alive = essay.adult & (essay.world.state["job"][: len(essay.adult)] != 4)
    held = essay.recorder.stocks[-1][:, COLUMN["composite"]].sum() / 1000
    assert scores(essay)[alive].sum() == pytest.approx(held, abs=0.5 * alive.sum() ** 0.5 + 1)
    assert len(np.unique(scores(essay)[alive])) > 10


def test_status_runs_from_poor_pensioners_to_the_rich_elite(essay: Reading) -> None:
    adults = essay.adult
    found, traits = status(essay, adults), essay.setting.population.traits[adults]
    elite = traits["cell"] // 20 == 0
    assert found[elite].mean() > 0.8 > found.mean() == pytest.approx(0.5, abs=0.01)


def test_known_acts_are_told_once_and_conduct_adds_up_to_what_the_engine_counts(
    essay: Reading, told: Told
) -> None:
    acts: dict[int, tuple[int, int]] = {}
    late = [row for row in told.rows if row["truth"] == "true" and row["day"] >= DAYS - 730]
    for row in late:
        if row["name"] not in ("record", "reported") or told.conducts[row["rule"]] == "work.harassment":
            continue
        above = row["above"]
        by_report = row["name"] == "record" and above is not None and above["name"] == "reported"
        act = above["cause"] if by_report else row["cause"]
        who = row["subject"] if row["name"] == "record" else id_subject(row["cause"])
        found = (who, KINDS.index(told.conducts[row["rule"]]))
        assert acts.setdefault(act, found) == found
    mine = [(who, kind) for who, kind in acts.values() if who >> SUBJECT_SHIFT == CITIZEN]
    harassed = [row["subject"] for row in late if row["name"] == "harassment_at_work"]
    mine += [(who, KINDS.index("work.harassment")) for who in harassed]
    assert sorted(zip(*(part.tolist() for part in known_acts(essay)), strict=True)) == sorted(mine)
    alive = np.ones(len(essay.adult), bool)
    harm = np.asarray(essay.setting.people["felt_harm"]) / 65536
    crimes = [
        place for place, kind in enumerate(KINDS) if kind.startswith(("road.", "money.", "law.", "work."))
    ]
    crimes = [
        place for place in crimes if KINDS[place] not in ("road.collision", "road.claim", "law.residence")
    ]
    crimes += [KINDS.index("nb.nuisance"), KINDS.index("nb.grudge")]
    crimes = [place for place in crimes if KINDS[place] not in ("work.firm", "work.shop", "work.inspection")]
    total = (free_acts(essay, 24).sum(axis=0) * harm)[crimes].sum()
    assert conduct(essay, alive & essay.adult)[essay.adult].sum() == pytest.approx(total, rel=0.02)


def test_the_score_follows_ranks_between_minus_one_and_one(essay: Reading) -> None:
    figure = read(essay, "C19.1")
    assert -1 <= figure.value <= 1
    assert figure.occasions == essay.recorder.stocks[-1][:, COLUMN["adults"]].sum()


def test_sanction_days_belong_to_the_rule_of_the_record_that_began_them(essay: Reading, told: Told) -> None:
    cells = essay.setting.population.traits["cell"].astype(int)
    migrant = (cells // 5 % 4 >= 2) & essay.adult
    days: dict[bool, dict[str, int]] = {True: defaultdict(int), False: defaultdict(int)}
    for row, lasted in told.spells():
        record = told.first_up(row, "record")
        if record is not None and essay.adult[row["subject"]]:
            days[bool(migrant[row["subject"]])][told.conducts[record["rule"]]] += lasted
    own, others = sanction_days(essay, migrant)
    assert {KINDS[kind]: own[kind] for kind in np.flatnonzero(own)} == {
        k: v for k, v in days[True].items() if v
    }
    assert others.sum() == sum(days[False].values())
    acts, of_migrants = free_acts(essay), np.arange(CELLS) // 5 % 4 >= 2
    expected = observed = 0.0
    for place in range(len(KINDS)):
        their_acts = int(acts[~of_migrants, place].sum())
        if their_acts:
            observed += own[place]
            expected += int(acts[of_migrants, place].sum()) * others[place] / their_acts
    assert read(essay, "C24.2").value == pytest.approx(observed / expected)


def test_a_group_drawn_by_lot_bears_about_what_the_others_bear(essay: Reading) -> None:
    lot = np.random.default_rng(3).random(len(essay.adult)) < 0.5
    ratio = against_expected(essay, lot & essay.adult, np.full(CELLS, 0.5)).value
    assert 0.6 < ratio < 1.6
    assert read(essay, "C24.1").value > 0
