"""The worlds of the claims: what each is made of, given a regime and a society.

A change that finds nothing to change in a regime (no chains, no exemptions) leaves the regime as it is. A
change holds throughout the run: steps of the regime's own schedule that would undo it are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from demerit.files.resolving import reform
from demerit.files.schedule import STEPS, step_day
from demerit.regime import Regime
from demerit.regime.load import KIND
from demerit.simulation.setting import null_regime
from demerit.society import Society
from demerit.study.changing import added, changed, is_there, removed, set_to

SPARED = 0.125
"""Share of first records that strike-thinned lets pass."""
FEARED = "tightened"
"""Preset that has the schedule and the devices."""
WRITTEN_FOR = (date(2014, 1, 1), 3652)
"""Run for which the schedule of that preset is dated: its first day and its days."""
OPERATOR = "operator"
"""Authority that is a private company."""
RELATIVES = ("household", "official-kin")
"""Relations of a chain along which a record reaches a relative."""


@dataclass(frozen=True)
class Made:
    """A world, ready to be lived.

    Attributes:
        regime: the rules, at the end of the run where they change.
        society: the people's file.
        past: regimes lived under before, each with the first day of the next: `Setting.world(past=...)`.
    """

    regime: Regime
    society: Society
    past: tuple[tuple[Regime, int], ...] = ()


@dataclass(frozen=True)
class Span:
    """The days of a run: the date of the first, and how many."""

    first: date
    days: int


def world_of(
    name: str,
    regime: Regime,
    society: Society,
    first: date,
    days: int,
    laws: Mapping[str, Regime] | None = None,
) -> Made:
    """Say what a world of the claims is made of.

    Args:
        name: id of a world in `claims.toml`.
        regime: the regime under test, R.
        society: the people.
        first: date of the first day of the run; days: how many it has.
        laws: null regimes by id; those that come with the program by default.

    >>> from demerit.society import Society
    >>> essay, city = Regime.load("essay"), Society.load("city")
    >>> world_of("no-chain", essay, city, date(2014, 1, 1), 365).regime.data.chains
    ()
    """
    if name == "N":
        return Made(null_regime(regime, laws or {}), society)
    if name == "removal":
        return removal(regime, society, days, laws or {})
    if name == "no-habituation":
        return Made(regime, no_habituation(society))
    return Made(CHANGES[name](regime, Span(first, days)), society)


def _reformed(regime: Regime, name: str) -> Regime:
    """Make the changes of a preset that reforms the essay's regime, where another has what they change."""
    found = reform(KIND, name)
    assert found is not None
    return changed(regime, found[1])


def same(regime: Regime, span: Span) -> Regime:
    """R: the regime under test."""
    return regime


def removal(regime: Regime, society: Society, days: int, laws: Mapping[str, Regime]) -> Made:
    """R until half time, then N."""
    law = null_regime(regime, laws)
    return Made(law, society, () if law.hash == regime.hash else ((regime, days // 2),))


def no_habituation(society: Society) -> Society:
    """R, but the reference level of harm has no half-life, so that nobody gets used to anything."""
    approval = society.data.approval
    if not approval.enabled or float(approval.habituation_years) == 0:
        return society
    return society.patched({"approval.habituation_years": 0})


def strike_thinned(regime: Regime, span: Span) -> Regime:
    """R, but the first own record of a citizen is not filed with a chance of an eighth."""
    if not regime.data.conducts:
        return regime
    # a regime that says nothing of detection records whatever is seen, as this section does
    seen = added("detection", {"context_recognition": 0, "mismatch": 0})
    absent = [seen] if regime.data.detection is None else []
    return changed(regime, [*absent, set_to("detection.first_spared", SPARED)])


def hear_context(regime: Regime, span: Span) -> Regime:
    """R, but necessity is recognised with certainty, by whatever road an act is detected."""
    if not regime.data.conducts:
        return regime
    seen = added("detection", {"context_recognition": 1, "mismatch": 0})
    absent = [seen] if regime.data.detection is None else []
    return changed(regime, [*absent, set_to("detection.context_recognition", 1)])


def no_blame(regime: Regime, span: Span) -> Regime:
    """R, but whoever helps is not liable: the rule of the Good Samaritan."""
    return changed(regime, [set_to("rescue.good_samaritan", True)])


def equal_liability(regime: Regime, span: Span) -> Regime:
    """R, but a driver owes the same for a death as for the gravest disability."""
    return changed(regime, [set_to("liability.equal_liability", True)])


def watchdog(regime: Regime, span: Span) -> Regime:
    """R with appeals before an office that is independent, has means and a deadline, and hears context."""
    return _reformed(regime, "watchdog")


def no_exemptions(regime: Regime, span: Span) -> Regime:
    """R, but records of every stratum are filed, and complaints from above are looked into like any other."""
    return _reformed(regime, "no-exemptions")


def no_chain(regime: Regime, span: Span) -> Regime:
    """R without chains, without rebukes by an employer, and without relatives in discipline."""
    return _reformed(regime, "no-chain")


def no_relative_chain(regime: Regime, span: Span) -> Regime:
    """R without chains to the household or to a relative in office, and without relatives in discipline."""
    chains = [chain.id for chain in regime.data.chains if chain.by in RELATIVES]
    return changed(
        regime, [*(removed(f"chain.{name}") for name in chains), removed("civil_service.relatives")]
    )


def no_mismatch(regime: Regime, span: Span) -> Regime:
    """R, but the chance of the wrong person is nought, when a record is filed and when it is copied."""
    copies = [f"transfer.{transfer.id}.mismatch" for transfer in regime.data.transfers]
    return changed(regime, [set_to(at, 0) for at in ("detection.mismatch", *copies)])


def no_commercial_sharing(regime: Regime, span: Span) -> Regime:
    """R, but nothing leaves the private operator's registers, and no score weighs them."""
    data = regime.data
    own = {register.id for register in data.registers if register.authority == OPERATOR}
    away = [f"transfer.{one.id}" for one in data.transfers if one.from_ in own and one.to not in own]
    away += [
        f"chain.{one.id}"
        for one in data.chains
        if one.register_id in own and one.into is not None and one.into not in own
    ]
    away += [f"score.weights.{name}" for name in sorted(own)]
    away += [f"rating.{rating.id}.weights.{name}" for rating in data.ratings for name in sorted(own)]
    return changed(regime, [removed(at) for at in away])


@cache
def _feared() -> Regime:
    return Regime.load(FEARED)


def tighten(regime: Regime, span: Span) -> Regime:
    """R with the steps of the preset `tightened`, as far as R has what they change.

    The steps keep their years if a run has them all, else they come at the same parts of the run.
    """
    feared = _feared().canonical()[STEPS]
    data = regime.canonical()
    known = {step["id"] for step in data.get(STEPS, [])}
    days = [((step_day(step) or span.first) - span.first).days for step in feared]
    dated = all(0 < day < span.days for day in days)
    steps = []
    for step in feared:
        patches = [change for change in step["patch"] if is_there(data, change["at"])]
        if not patches or step["id"] in known:
            continue
        day = step_day(step) or span.first
        if not dated:
            passed = (day - WRITTEN_FOR[0]).days * span.days // WRITTEN_FOR[1]
            day = span.first + timedelta(days=passed)
        steps.append({"id": step["id"], "date": str(day), "patch": patches})
    if not steps:
        return regime
    return Regime.from_canonical({**data, STEPS: [*data.get(STEPS, []), *steps]})


def devices(regime: Regime, span: Span) -> Regime:
    """R with what the preset `tightened` has of networked cars that stop and gates that refuse.

    A sanction of R by which devices refuse or cars stop stays as it is. Who owns a device is not changed.
    """
    data = regime.data
    by_vehicle = {one.id for one in data.registers if "vehicle" in one.covers}
    by_citizen = {one.id for one in data.registers if "citizen" in one.covers}
    by_citizen |= {data.score.platform} if data.score is not None else set()
    refuses = any("device" in one.refuses for one in data.sanctions)
    taken = {one.id for one in data.sanctions}
    found = []
    for one in _feared().canonical()["sanction"]:
        if one["id"] in taken:
            continue
        if one.get("stops") == "networked":
            fits = one["reads"] in by_vehicle if one.get("reads") else data.fines is not None
        else:
            fits = "device" in one.get("refuses", ()) and not refuses and one["reads"] in by_citizen
        if fits:
            found.append(added(f"sanction.{one['id']}", one))
    return changed(regime, found)


CHANGES: dict[str, Callable[[Regime, Span], Regime]] = {
    "R": same,
    "strike-thinned": strike_thinned,
    "hear-context": hear_context,
    "no-blame": no_blame,
    "equal-liability": equal_liability,
    "watchdog": watchdog,
    "no-exemptions": no_exemptions,
    "no-relative-chain": no_relative_chain,
    "tighten": tighten,
    "devices": devices,
    "no-mismatch": no_mismatch,
    "no-commercial-sharing": no_commercial_sharing,
    "no-chain": no_chain,
}
"""What makes the worlds that are R with other rules."""
