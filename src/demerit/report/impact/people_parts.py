"""Who is affected and how they are harmed: letters (c) and (d)."""

from __future__ import annotations

from demerit.report.impact.blocks import Block, Cell, Heading, Points, Section, Shown, Table, Words
from demerit.report.impact.figures import by_group, over_time, regimes_apart
from demerit.report.impact.material import Material
from demerit.report.impact.measured import INTERVALS, ONE_SEED, group_name, indicator_table, people
from demerit.report.words import counted

_HARMS = (
    ("Wrongly held", ("wrongful_share", "records.mistaken", "records.fabricated", "necessity_recorded",
                      "records.inability", "others_penalised", "points_from_others")),
    ("Livelihood and work", ("penalty_days", "cost.fines", "cost.pay_lost", "cost.substitutes",
                             "job_loss.sanction", "job_loss.record", "in_debt", "trapped")),
    ("Shut out of services", ("sanctioned", "barred.train", "barred.flight", "barred.school",
                              "barred.housing", "barred.loan", "barred.hospital", "denied_days.food",
                              "denied_days.transit", "residence_refused")),
    ("Privacy and standing", ("displays", "displays_wrongful_share", "lookups_of_the_clean", "reports_false",
                              "ties_cut", "stress")),
    ("Freedom and conscience", ("given_up.grievance", "given_up.speech", "given_up.civil_travel",
                                "restraint_by_fear", "deeds_for_points")),
    ("Life and health", ("deaths.collision", "deaths.finished", "deaths.unhelped")),
    ("Trust", ("trust.neighbours", "trust.strangers", "trust.institutions")),
)  # fmt: skip
_BY_GROUP = ("penalty_days", "sanctioned", "wrongful_share", "necessity_recorded", "stress")
_GROUPINGS = {
    "stratum": "by what people do and are (stratum)",
    "hukou": "by household registration (hukou)",
    "income fifth": "by fifth of income",
}


def affected(about: Material) -> Section:
    """Return the categories of persons and groups that are affected."""
    data = about.regime.data
    kinds = dict.fromkeys(kind for one in data.registers for kind in one.covers)
    points = [f"Registers are kept about: {', '.join(kinds) or 'nobody'}."]
    if data.chains:
        roads = dict.fromkeys(
            f"{one.from_} → {one.to}{f' ({one.by})' if one.by else ''}" for one in data.chains
        )
        points.append(f"Also affected, without an act of their own, through chains: {', '.join(roads)}.")
    else:
        points.append("No chain passes points on: nobody is affected for another's act by rule.")
    if data.exemptions is not None and data.exemptions.filed:
        told = ", ".join(
            f"{stratum.replace('_', ' ')} {float(chance):.0%}"
            for stratum, chance in data.exemptions.filed.items()
        )
        points.append(f"Treated apart: of the records about these, only the share given is filed: {told}.")
    if data.detection is not None and float(data.detection.minority_scrutiny) != 1:
        points.append(f"Minorities are looked at {float(data.detection.minority_scrutiny):g} times as hard.")
    groupings = "; ".join(
        _GROUPINGS[by] for by in dict.fromkeys(by for by, _ in about.groups) if by in _GROUPINGS
    )
    return Section(
        "affected",
        "Who is affected",
        (
            Words(
                f"{counted(about.population, 'person', 'people')} of the synthetic society "
                f"“{about.society.data.society.title}”, children included. Nobody of them is real. Results "
                f"are counted {groupings}. Groups with few adults swing widely from seed to seed."
            ),
            Points(tuple(points)),
            _groups(about),
        ),
        "c",
    )


def _groups(about: Material) -> Table:
    rows = []
    everybody = about.adults[0]
    for (by, group), adults in zip(about.groups, about.adults, strict=True):
        if not adults or not everybody:
            continue
        share = adults / everybody
        of = f"{about.name} {by}:{group}"
        rows.append(
            (
                Cell(group_name(by, group)),
                Cell(numbers=(Shown(people(adults), adults, f"adults {of}"),)),
                Cell(numbers=(Shown(f"{share:.1%}", share, f"adults-share {of}"),)),
            )
        )
    over = f", mean over {len(about.seeds)} seeds" if about.several else ""
    return Table(
        f"Adults on the last day under {about.name}, counted in the synthetic society{over}.",
        ("group", "adults", "share of adults"),
        tuple(rows),
    )


def harms(about: Material) -> Section:
    """Return the specific harms, of everybody and by group."""
    first = INTERVALS if about.several else ONE_SEED
    blocks: list[Block] = [
        Words(f"Flows are counted over the whole run, states on its last day. {_reading(about)} {first}"),
        over_time(about),
    ]
    if about.comparison is not None:
        blocks.append(regimes_apart(about, about.comparison))
    for title, indicators in _HARMS:
        blocks += [Heading(title), indicator_table(about, f"{title}: everybody together.", indicators)]
    blocks.append(Heading("Who bears it"))
    blocks += [by_group(about, indicator) for indicator in _BY_GROUP]
    return Section("harms", "Specific harms, by group", tuple(blocks), "d")


def _reading(about: Material) -> str:
    """Say how to read a harm: as what it is more than under the measure."""
    if about.measure is None:
        return "The world was lived alone: what other rules would do to the same people is not known."
    return f"A harm that {about.against} does as well is not the regime's doing: read the difference."
