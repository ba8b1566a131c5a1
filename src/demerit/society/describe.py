"""Describe a society on one page, and what `demerit society list` and `show` print."""

from __future__ import annotations

from typing import Final

from demerit.files.describing import counted
from demerit.files.inventory import by_basis, evidence_line
from demerit.files.layout import columns, part, shown, wrapped
from demerit.society.load import KIND, Society
from demerit.society.own_ties import own_count
from demerit.society.situation_types import Situation
from demerit.society.types import SocietyFile

_TOLD: Final = frozenset(
    {
        "society", "demography", "stratum", "income", "eligibility", "firms", "ties", "situation", "choice",
        "learning",
    }
)  # fmt: skip
"""Sections that are told in words below; of the others the numbers are counted."""


def describe(society: Society) -> str:
    """Write a society as plain text for people."""
    data = society.data
    head = data.society
    lines = [
        f"{head.title} ({head.id}; hash {society.hash8}): a synthetic society of {head.population:,} people",
        *([head.summary] if head.summary else []),
        *part("People", _people(data)),
        *part("Places, wheels and leanings", _around(data)),
        *part("Strata", _strata(data)),
        *part("Situations", _situations(data)),
        *part("Choice and learning", _choice(data)),
        *part("Further sections", wrapped(f"  {counted(data, _TOLD)}", 2)),
        "",
        evidence_line(data),
    ]
    return "\n".join(lines)


def list_text() -> str:
    """List the societies that come with the package.

    >>> print(list_text().splitlines()[0])
    society  people  numbers  assumed  what it is
    """
    rows = [["society", "people", "numbers", "assumed", "what it is"]]
    for name in KIND.preset_ids():
        data = Society.load(name).data
        counts = by_basis(data)
        total, assumed = sum(counts.values()), counts.get("assumed", 0)
        rows.append([name, f"{data.society.population:,}", str(total), str(assumed), data.society.summary])
    return "\n".join(columns(rows, indent=0))


def show_text(name: str) -> str:
    """Describe a preset or society file on one page.

    Raises:
        FileProblems: the file is missing or wrong.
    """
    return describe(Society.load(name))


def _people(data: SocietyFile) -> list[str]:
    who, income, able = data.demography, data.income, data.eligibility
    migrants = float(who.hukou_migrant_urban) + float(who.hukou_migrant_rural)
    return [
        f"  {shown(who.child_share)} children, {shown(who.women_share)} women, "
        f"{shown(who.urban_share)} in town, {100 * migrants:.3g} % migrants, "
        f"{shown(who.minority_share)} of a minority",
        f"  mean income {float(income.urban_mean):,.0f} CNY a year in town, "
        f"{float(income.rural_mean):,.0f} in the country",
        f"  of adults {shown(able.driver)} drive, {shown(able.borrower)} have a loan, "
        f"{shown(able.bill_payer)} pay bills",
        f"  {shown(data.ties.friends)} friends and {shown(data.ties.kin)} kin each; "
        f"{1000 * float(data.firms.per_adult):.3g} firms per 1,000 adults",
    ]


def _around(data: SocietyFile) -> list[str]:
    cities, wheels, own = round(float(data.places.cities)), data.vehicles, data.belongings
    mind, course = data.leanings, data.life_course
    provinces = len(data.provinces) or 1
    lines = [
        f"  {provinces} province{'s' * (provinces > 1)}, {cities} cit{'ies' if cities > 1 else 'y'}, "
        f"{len(data.services)} kinds of service",
        f"  of drivers {shown(wheels.car_per_driver)} own a car and {shown(wheels.motorcycle_per_driver)} a "
        f"motorcycle; {shown(wheels.networked_share)} of cars are networked, {shown(own.dash_cam)} have a "
        "dash-cam",
        f"  religiosity {shown(mind.religiosity_majority)}, "
        f"of a minority {shown(mind.religiosity_minority)}; "
        f"wish to travel {shown(mind.travel_wish)}, opportunism {shown(mind.opportunism)}, "
        f"grudges {shown(mind.grudge)}",
        f"  conscience goes with stratum by {shown(mind.conscience_by_stratum)}, with wealth by "
        f"{shown(mind.conscience_by_wealth)}",
        f"  people leave school and retire on birthdays of the next {shown(course.horizon)}"
        if course.enabled
        else "  roles never change",
    ]
    edges = own_count(data.ties.own)
    return [*lines, f"  {edges:,} ties of its own"] if edges else lines


def _strata(data: SocietyFile) -> list[str]:
    return columns(
        [
            [
                one.id,
                f"{shown(one.share)} of {one.of}",
                f"income × {shown(one.income_factor)}",
                "" if one.real_share is None else f"in life {shown(one.real_share)}",
                one.title,
            ]
            for one in data.strata
        ]
    )


def _situations(data: SocietyFile) -> list[str]:
    header = ["situation", "who", "a year", "necessity", "inability", "harm", "under law alone"]
    rows = [
        [
            one.id,
            one.eligible,
            f"{float(one.rate):g}",
            shown(one.necessity),
            shown(one.inability),
            shown(one.harm),
            _under_law(one),
        ]
        for one in data.situations
    ]
    return columns([header, *rows])


def _under_law(situation: Situation) -> str:
    if situation.act == "occasion":
        return f"worth {shown(situation.gain_days)}"
    if situation.null_probability is None:
        return "no choice"
    acts = f"{shown(situation.null_probability)} {'do it' if situation.act == 'deed' else 'offend'}"
    return f"{acts}, {shown(situation.hide.null_probability)} hide it" if situation.hide else acts


def _choice(data: SocietyFile) -> list[str]:
    choice, learning = data.choice, data.learning
    mean = float(choice.conscience_a) / (float(choice.conscience_a) + float(choice.conscience_b))
    return [
        f"  noise {shown(choice.tau)} of the gain; conscience {mean:.2g} on average; "
        f"horizon {shown(choice.horizon_days)}; wish for the whole scale {shown(choice.omega_days)}",
        f"  crowding κ {shown(learning.kappa)}, price frame φ {shown(learning.phi)}, "
        f"recovery ρ {shown(learning.rho)}",
    ]
