"""The model's equations in plain floating point, from the design text and the numbers of the files alone.

Nothing here reads a compiled table or a mechanism: the laws compare the engine with this.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

SERVICES = ("food", "transit", "device", "train", "flight", "hospital", "school", "housing", "loan")
NECESSITY, INABILITY = "necessity", "inability"


def by_id(items: Any) -> dict[str, Any]:
    """Return the items of a file's section by their ids."""
    return {item.id: item for item in items}


def felt_harm_days(harm: float, base: float) -> float:
    """H(h) = base^h - 1, days of own income [F1]."""
    return base**harm - 1.0


def half_lives(days: Any, half_life: float) -> Any:
    """What is left of one after some days."""
    return 0.5 ** (np.asarray(days, float) / half_life)


def rounded(points: Any) -> Any:
    """Whole points: half a point goes away from zero."""
    return np.sign(points) * np.floor(np.abs(points) + 0.5)


@dataclass(frozen=True)
class Scale:
    """A score system: the composite of a platform, or one register."""

    name: str
    base: float
    floor: float
    ceiling: float
    half_life: float


class Theory:
    """What a regime means to the people of a society, in floats."""

    def __init__(self, regime: Any, society: Any) -> None:
        self.regime, self.society = regime, society
        self.registers = by_id(regime.registers)
        self.conducts = {conduct.answers: conduct for conduct in regime.conducts}
        self.situations = by_id(society.situations)
        self.transferred = {transfer.from_ for transfer in regime.transfers}

    # scores

    def composite_points(self, register: str, points: float) -> float:
        """What register points are worth on the composite scale [F30]."""
        score = self.regime.score
        return (
            0.0 if score is None or register not in self.transferred else self.worth(score, register, points)
        )

    def worth(self, score: Any, register: str, points: float) -> float:
        """What register points are worth on the scale of a platform's score [F30]."""
        if register not in score.weights:
            return 0.0
        kept = self.registers[register]
        span = float(score.ceiling) - float(score.floor)
        return points * float(score.weights[register]) * span / (float(kept.ceiling) - float(kept.floor))

    def changes(self, kind: str) -> dict[str, float]:
        """What one record of a kind changes, by score system; the composite goes by the platform's name."""
        conduct = self.conducts[kind]
        found = {register: float(points) for register, points in conduct.points.items()}
        total = sum(self.composite_points(register, points) for register, points in found.items())
        if self.regime.score is not None and total:
            found[self.regime.score.platform] = total
        return found

    def scale(self, system: str) -> Scale:
        """The scale of a platform's score or of a register."""
        if self.regime.score is not None and system == self.regime.score.platform:
            kept = self.regime.score
        else:
            kept = self.registers[system]
        return Scale(
            system, float(kept.base), float(kept.floor), float(kept.ceiling), float(kept.half_life_days)
        )

    # what hangs on a score

    def job_cost(self) -> float:
        """What a lost job costs, days of own income: the mean search, less the support meanwhile."""
        labour = self.society.labour
        found = float(labour.applications) * float(labour.hired)
        return 365 / found * (1 - float(labour.support)) if found > 0 else 0.0

    def exact_burden(self, system: str, score: float, employed: bool) -> float:
        """Daily cost, in days of income, of what is in force at a score: pay lost, and services refused."""
        pay, refused = 0.0, set()
        for sanction in self.regime.sanctions:
            here = sanction.of == "citizen" and sanction.reads == system and sanction.below is not None
            if here and score < float(sanction.below):
                pay += float(sanction.wage_loss) + float(sanction.job_loss) * 12 / 365 * self.job_cost()
                refused |= set(sanction.refuses)
        for reward in self.regime.rewards:
            if reward.of == "citizen" and reward.reads == system and score >= float(reward.above):
                pay -= float(reward.benefit)
        look = self.regime.employers
        if look is not None and look.reads == system and score < float(look.below):
            ends = float(self.situations["work.separation"].rate) / 365
            pay += ends * self.job_cost() * (1 / float(self.society.labour.seen_factor) - 1)
        return pay * employed + self.refusals(refused) + self.lowest_band_shown(system, score, employed)

    def display_cost(self, employed: bool) -> float:
        """What a public display is expected to cost, days of own income: harassment, and perhaps the job."""
        screens, others = self.regime.screens, self.society.ostracism
        if screens is None or not screens.enabled:
            return 0.0
        term = float(screens.term_days)
        harassed = float(others.harassment) * term * ("home-address" in screens.fields)
        dismissed = (1 - math.exp(-float(others.dismissed) * term / 30)) * (screens.place == "city")
        return harassed + dismissed * self.job_cost() * employed

    def lowest_band_shown(self, system: str, score: float, employed: bool) -> float:
        """Daily cost of one display over the time people expect to stay in the lowest band."""
        screens, edges = self.regime.screens, sorted(float(band.from_) for band in self.regime.bands)
        if screens is None or "lowest-band" not in screens.shows or len(edges) < 2:
            return 0.0
        here = system == self.regime.score.platform and score < edges[1]
        return here * self.display_cost(employed) / self.duration(system)

    def display_loss(self, kind: str, employed: bool) -> float:
        """P(shown) times the cost of a display, for a record that is published or leads to a list."""
        screens, conduct = self.regime.screens, self.conducts[kind]
        if screens is None:
            return 0.0
        lists = {one.id for one in self.regime.lists if one.of == "citizen"}
        listed = sum(float(chance) for name, chance in conduct.lists.items() if name in lists)
        chance = min(listed, 1.0) * ("listed" in screens.shows)
        shown = 1.0 if conduct.publishes and "published-record" in screens.shows else chance
        return shown * self.display_cost(employed)

    def refusals(self, refused: set[str]) -> float:
        """Daily cost, in days of income, of services that are refused."""
        access = self.society.access
        costs = {
            name: float(getattr(access, f"{name}_rate")) * float(getattr(access, f"{name}_cost_days")) / 365
            for name in SERVICES
        }
        costs["device"] *= float(access.device_share)
        for name in costs.keys() - {"device", "loan"}:
            costs[name] *= self.obeyed()  # a service with people at the counter chooses
        return sum(costs[name] for name in refused)

    def obeyed(self) -> float:
        """How often a service refuses whom it must: the null odds, and what serving anyway may cost it."""
        terms, income = self.society.organisations, self.society.income
        obeys, conduct = float(terms.obeys), self.conducts.get("svc.served")
        if conduct is None or not 0 < obeys < 1:
            return obeys
        town = float(self.society.demography.urban_share)
        payroll = (town * float(income.urban_mean) + (1 - town) * float(income.rural_mean)) / 365
        fine = float(conduct.fine) / (payroll * float(terms.service_staff))
        points = sum(abs(float(one)) for one in conduct.points.values())
        cost = float(conduct.coverage) * (fine + points * float(terms.point_value_days))
        odds = obeys / (1 - obeys) * math.exp(cost / float(terms.obey_noise_days))
        return odds / (1 + odds)

    def list_loss(self, kind: str, employed: bool) -> float:
        """P(listed) D B of the lists a record leads to, D the term seen from the horizon or the horizon."""
        horizon, loss = float(self.society.choice.horizon_days), 0.0
        kept = {one.id: one for one in self.regime.lists if one.of == "citizen"}
        for name, chance in self.conducts[kind].lists.items():
            if name not in kept:
                continue
            term = float(kept[name].term_days or 0)
            days = horizon * (1 - math.exp(-term / horizon)) if term > 0 else horizon
            pay, refused = 0.0, set()
            for sanction in self.regime.sanctions:
                if sanction.of == "citizen" and sanction.reads == name:
                    pay += float(sanction.wage_loss) + float(sanction.job_loss) * 12 / 365 * self.job_cost()
                    refused |= set(sanction.refuses)
            loss += float(chance) * days * (pay * employed + self.refusals(refused))
        return loss

    def other_adults(self) -> float:
        """With how many other adults an adult lives: children come after the first two of a home."""
        demography = self.society.demography
        shares = np.asarray(demography.household_size.values, float)
        sizes = np.arange(1, len(shares) + 1)
        places = np.maximum(sizes - 2, 0)
        child = float(demography.child_share) * (sizes * shares).sum() / (places * shares).sum()
        adults = sizes - places * child
        squares = adults**2 + places * child * (1 - child)
        return float((squares * shares).sum() / (adults * shares).sum() - 1)

    def chained(self, start: str, end: str, by: str, register: str, points: float, depth: int) -> list[Any]:
        """Where chains that hang on nothing take points of a register: register and points, by chain."""
        return [
            (chain.into or chain.register_id, points * float(chain.fraction))
            for chain in self.regime.chains
            if (chain.from_, chain.to, chain.register_id) == (start, end, register)
            and chain.by in (None, by)
            and chain.depth > depth
            and chain.below is chain.violations is chain.fleet_share is None
        ]

    def household_loss(self, kind: str, employed: bool) -> float:
        """a_h times what chains cost those at home [F6]."""
        loss = 0.0
        for register, points in self.conducts[kind].points.items():
            for into, passed in self.chained("citizen", "citizen", "household", register, float(points), 0):
                worth = {into: passed, self.regime.score.platform: self.composite_points(into, passed)}
                loss += sum(self.loss(system, 0.0, change, employed) for system, change in worth.items())
        return float(self.society.choice.household_weight) * self.other_adults() * loss

    def employer_loss(self, kind: str, drives: bool) -> float:
        """What it costs that the employer dismisses over a record that costs it points [F6]."""
        company, kept = self.society.company, 1.0
        for register, points in self.conducts[kind].points.items():
            reached = self.chained("citizen", "company", "employee", register, float(points), 0)
            if drives:
                for into, passed in self.chained("citizen", "vehicle", "driver", register, float(points), 0):
                    reached += self.chained("vehicle", "company", "owner", into, passed, 1)
            for _, lost in reached:
                worth = abs(lost) * float(company.point_value_days) / float(company.dismiss_tau)
                odds = float(company.dismiss_null) / (1 - float(company.dismiss_null)) * math.exp(worth)
                kept /= 1 + odds
        return (1 - kept) * self.job_cost() if self.regime.scolding.employer else 0.0

    def further_loss(self, kind: str, *, employed: bool, drives: bool) -> float:
        """What a record is expected to cost beyond scores: lists, the household, the employer [F6]."""
        loss = self.list_loss(kind, employed) + self.household_loss(kind, employed)
        loss += self.display_loss(kind, employed)
        return loss + (self.employer_loss(kind, drives) if employed else 0.0)

    def blur(self, system: str) -> int:
        """Points by which people are unsure of a threshold: one typical loss, the median [F7]."""
        losses = [-self.changes(kind).get(system, 0.0) for kind in self.conducts]
        losses = [loss for loss in losses if loss > 0]
        return round(float(self.society.choice.blur) * float(np.median(losses))) if losses else 0

    def burden(self, system: str, score: float, employed: bool) -> float:
        """B(s), the burden people expect at a score: the mean over the scores they cannot tell apart."""
        width = self.blur(system)
        near = range(-width, width + 1)
        return sum(self.exact_burden(system, score + shift, employed) for shift in near) / len(near)

    def duration(self, system: str) -> float:
        """D = 1 / (1/horizon + ln 2 / half-life), days [F7]."""
        half_life = self.scale(system).half_life
        return 1.0 / (1.0 / float(self.society.choice.horizon_days) + math.log(2.0) / half_life)

    def wish(self, system: str) -> float:
        """The bare wish for a point of the composite: the whole descent shared over its points [F7]."""
        score = self.regime.score
        if score is None or system != score.platform:
            return 0.0
        edges = [float(band.from_) for band in self.regime.bands if float(band.from_) > float(score.floor)]
        return float(self.society.choice.omega_days) / (float(score.base) - min(edges))

    def loss(self, system: str, points: float, change: float, employed: bool) -> float:
        """L(s, d) = D [B(s - d) - B(s)] + w d at ``points`` from the base; gains cost less than 0 [F5]."""
        scale = self.scale(system)
        low, high = scale.floor - scale.base, scale.ceiling - scale.base
        before = min(max(points, low), high)
        after = min(max(points + change, low), high)
        more = self.burden(system, scale.base + rounded(after), employed) - self.burden(
            system, scale.base + rounded(before), employed
        )
        return self.duration(system) * more + self.wish(system) * (before - after)

    def licence_loss(self, kind: str, points: int = 0) -> float:
        """What licence points are expected to cost: the study, where the limit may be reached."""
        licence, added = self.regime.licence, float(self.conducts[kind].licence_points)
        if licence is None or added == 0:
            return 0.0
        typical = [float(c.licence_points) for c in self.regime.conducts if float(c.licence_points) > 0]
        width = round(float(self.society.choice.blur) * float(np.median(typical)))
        near = range(-width, width + 1)

        def reached(standing: float) -> float:
            return sum(standing + shift >= float(licence.limit) for shift in near) / len(near)

        return (reached(points + added) - reached(points)) * float(licence.study_cost_days)

    def record_cost(self, kind: str, income_day: Any, employed: Any) -> Any:
        """f + L for clean records: fine in days of own income, licence, registers, score and lists."""
        fine = float(self.conducts[kind].fine) / np.asarray(income_day, float)
        loss = {
            wage: sum(self.loss(system, 0.0, change, wage) for system, change in self.changes(kind).items())
            + self.further_loss(kind, employed=wage, drives=False)
            for wage in (False, True)
        }
        return fine + self.licence_loss(kind) + np.where(employed, loss[True], loss[False])

    # choice

    def probability(
        self,
        kind: str,
        gain: float,
        *,
        conscience: Any,
        cost: Any = 0.0,
        need: Any = 0.0,
        context: str = "",
        hiding: float = 0.0,
    ) -> Any:
        """P(act) = 1 / (1 + exp(-U / (tau g))) [F2]; ``cost`` is p (f + L), negative for a reward.

        Where a breach can be hidden, whoever does not keep the rule breaks it openly or hides: with a second
        gain (``hiding``) and harm, and a share of the chance of being recorded, by a logit over three [F10].
        """
        situation = self.situations[kind]
        felt = conscience * felt_harm_days(float(situation.harm), float(self.society.choice.harm_base))
        if situation.act == "deed":
            utility = felt - gain - cost
        else:
            utility = gain * (1.0 + float(situation.need_weight) * need) - felt - cost
        if context == NECESSITY:
            utility = utility + float(situation.emergency) * gain
        noise = float(self.society.choice.tau) * gain
        weight = np.exp(np.clip(utility / noise, -700.0, 700.0))
        if situation.hide is not None:
            felt = felt_harm_days(float(situation.hide.harm), float(self.society.choice.harm_base))
            hidden = hiding * (1.0 + float(situation.need_weight) * need) - conscience * felt
            hidden = hidden - cost * float(situation.hide.seen)
            weight = weight + np.exp(np.clip(hidden / noise, -700.0, 700.0))
        chance = weight / (1.0 + weight)
        return np.ones_like(chance) if context == INABILITY else chance

    def in_any_context(self, kind: str, gain: float, **terms: Any) -> Any:
        """P(act) over the contexts a situation may carry."""
        situation = self.situations[kind]
        urgent, unable = float(situation.necessity), float(situation.inability)
        plain = self.probability(kind, gain, **terms)
        forced = self.probability(kind, gain, context=NECESSITY, **terms)
        return (1.0 - urgent - unable) * plain + urgent * forced + unable


def fold(entries: list[tuple[int, float]], half_life: float, day: int, *, whole: bool = False) -> float:
    """Add up entries (day, points) as they stand on a day, each fading from its own; 0 = it does not fade.

    Args:
        whole: drop what is less than one on every day with an entry, as a store of whole numbers does.
    """
    value, since = 0.0, 0
    for when, points in (*entries, (day, 0.0)):
        if when != since and half_life:
            value *= 0.5 ** ((when - since) / half_life)
            value = float(math.trunc(value)) if whole else value
        value, since = value + points, when
    return value
