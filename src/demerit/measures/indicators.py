"""Indicators: each a ratio of two sums, with unit and definition, by group and month."""

from __future__ import annotations

from collections.abc import Iterator

from demerit.catalogue.words import (
    BODY_KINDS,
    CIRCLES,
    DEEDS,
    EVENTS,
    FAMILIES,
    INCIDENTS,
    KINDS,
    LABELS,
    LAWFUL,
    SCOLDERS,
    SERVICES,
    WRONGFUL,
)
from demerit.measures.accident_indicators import ACCIDENTS
from demerit.measures.appeal_indicators import of_appeals, of_organisations
from demerit.measures.body_indicators import of_bodies
from demerit.measures.complaint_indicators import of_complaints
from demerit.measures.economy_indicators import ECONOMY
from demerit.measures.gaming_indicators import of_gaming
from demerit.measures.institution_indicators import of_institutions
from demerit.measures.power_indicators import of_power
from demerit.measures.screen_indicators import of_screens
from demerit.measures.service_indicators import SERVICE
from demerit.measures.staging_indicators import of_staging
from demerit.measures.stocks import BANDS
from demerit.measures.terms import ADULT_YEARS, ADULTS, Indicator, Term


def _kinds(field: str, kinds: tuple[str, ...] = KINDS) -> tuple[str, ...]:
    return tuple(f"{kind}.{field}" for kind in kinds)


_OFFENCES = tuple(kind for kind in KINDS if kind not in (*DEEDS, *EVENTS, *BODY_KINDS, *INCIDENTS, *LAWFUL))


def _of_kinds() -> Iterator[Indicator]:
    for kind in KINDS:
        what = "deeds done" if kind in DEEDS else "events" if kind in EVENTS else "offences"
        what = "lawful acts" if kind in LAWFUL else what
        yield Indicator(
            f"acts.{kind}", "1/adult-year", f"{what.capitalize()} of kind {kind} per adult and year.",
            Term.of(f"{kind}.acted"), ADULT_YEARS,
        )  # fmt: skip
        yield Indicator.share(
            f"acts_share.{kind}",
            f"{what.capitalize()} of kind {kind} per situation met.",
            Term.of(f"{kind}.acted"),
            Term.of(f"{kind}.met"),
        )


def _of_records() -> Iterator[Indicator]:
    roots = tuple(f"records_{label}" for label in LABELS)
    yield Indicator.rate("records", "Root records filed.", *roots)
    for label in LABELS:
        yield Indicator.rate(
            f"records.{label}", f"Root records with truth label {label}.", f"records_{label}"
        )
    yield Indicator.share(
        "wrongful_share",
        "Root records that are wrongful: " + ", ".join(WRONGFUL) + ".",
        Term.of(*(f"records_{label}" for label in WRONGFUL)),
        Term.of(*roots),
    )
    for label in WRONGFUL:
        yield Indicator.share(
            f"wrongful_share.{label}",
            f"Root records with truth label {label}, of all.",
            Term.of(f"records_{label}"),
            Term.of(*roots),
        )
    yield Indicator.share(
        "recording_precision", "Root records that are true, of all.", Term.of("records_true"), Term.of(*roots)
    )
    yield Indicator.share(
        "recording_recall",
        "Root records about the person who did it, per offence committed.",
        Term.of("records_true", "records_necessity", "records_inability"),
        Term.of(*_kinds("acted", _OFFENCES)),
    )
    yield Indicator.rate("records_spared", "Records not filed because their subject is exempt.", "spared")
    yield Indicator.rate("strikes_spared", "First records let pass and not filed.", "strikes_spared")
    yield Indicator(
        "attention_to_the_law_abiding", "1",
        "Attention given to people who had just resisted a temptation; 1 is one look's worth.",
        Term.of("watched"), Term.of("resisted"), 1 / 256,
    )  # fmt: skip
    yield Indicator.rate(
        "necessity_recorded", "Acts out of necessity that were entered all the same.", "records_necessity"
    )
    yield Indicator(
        "others_penalised", "subjects/record",
        "Vehicles, companies and mistaken people entered for an act that was not theirs, per root record.",
        Term.of("derived", "records_mistaken"), Term.of(*roots),
    )  # fmt: skip
    for scolder in SCOLDERS:
        yield Indicator.rate(f"scoldings.{scolder}", f"Rebukes by the {scolder}.", f"scolded_{scolder}")
    yield Indicator.share(
        "transfers_lost",
        "Records lost on the way to the platform.",
        Term.of("losses"),
        Term.of("losses", "arrivals"),
    )


def _of_organisations() -> Iterator[Indicator]:
    yield Indicator.rate("body_records", "Root records of firms, agencies and services.", "body_records")
    yield Indicator.cost("cost.body_fines", "Fines of firms, agencies and services.", "body_fines_fen")


def _of_penalties() -> Iterator[Indicator]:
    yield Indicator(
        "penalty_days", "days of own income/adult-year",
        "Fines, pay lost to sanctions (less rewards), substitutes for refused services and licence study.",
        Term.of("penalty_days"), ADULT_YEARS, 0.001,
    )  # fmt: skip
    for name, what in (
        ("fines", "Fines and fees"),
        ("pay_lost", "Pay lost to sanctions, less rewards"),
        ("substitutes", "Substitutes for refused services"),
        ("study", "Licences withheld"),
    ):
        yield Indicator.cost(f"cost.{name}", f"{what}.", f"{name}_fen")
    for service in SERVICES:
        yield Indicator.rate(f"refused.{service}", f"Times {service} was refused.", f"{service}_refused")
    yield Indicator.rate("sanction_starts", "Sanctions and rewards begun.", "sanction_starts")
    yield Indicator.rate("licences_withheld", "Licences withheld at the points limit.", "licences_withheld")


def _of_motives() -> Iterator[Indicator]:
    held = tuple(f"{kind}.{why}" for kind in _OFFENCES for why in ("law", "score"))
    yield Indicator.share(
        "restraint_by_fear",
        "Offences not committed because of law or score, of all not committed.",
        Term.of(*held),
        Term.of(*_kinds("principle", _OFFENCES), *held),
    )
    yield Indicator.share(
        "restraint_by_score",
        "Offences not committed because of the score, of all not committed.",
        Term.of(*_kinds("score", _OFFENCES)),
        Term.of(*_kinds("principle", _OFFENCES), *held),
    )
    home = tuple(f"law.domestic.{why}" for why in ("principle", "law", "score"))
    yield Indicator.share(
        "fear_at_home",
        "Violence at home not committed only because of the score, of all not committed.",
        Term.of("law.domestic.score"),
        Term.of(*home),
    )
    yield Indicator.share(
        "deeds_for_points",
        "Seen good deeds that would not have been done without the points.",
        Term.of("nb.deed_seen.score"),
        Term.of("nb.deed_seen.acted"),
    )


def _of_states() -> Iterator[Indicator]:
    for circle in CIRCLES:
        yield Indicator(
            f"trust.{circle}", "1", f"Mean trust in {circle}, between 0 and 1.",
            Term.held(f"trust_{circle}"), ADULTS, 1 / 65535,
        )  # fmt: skip
    for family in FAMILIES:
        yield Indicator(
            f"conscience.{family}", "share",
            f"Mean share of conscience left in {family}; price frame not counted.",
            Term.held(f"norm_{family}"), ADULTS, 1 / 32768,
        )  # fmt: skip
        yield Indicator(
            f"perceived.{family}", "1",
            f"Mean perceived over true coverage in {family}; novelty not counted.",
            Term.held(f"perceived_{family}"), ADULTS, 1 / 65536,
        )  # fmt: skip
    yield Indicator(
        "composite", "points", "Mean composite score, as a difference from its base.",
        Term.held("composite"), ADULTS, 0.001,
    )  # fmt: skip
    for band in range(BANDS):
        yield Indicator.share(
            f"band.{band + 1}",
            f"Adults in band {band + 1}, the highest first.",
            Term.held(f"band_{band + 1}"),
            ADULTS,
        )
    yield Indicator.share("sanctioned", "Adults under a sanction.", Term.held("sanctioned"), ADULTS)
    yield Indicator.share("rewarded", "Adults who have a reward.", Term.held("rewarded"), ADULTS)
    for service in SERVICES:
        yield Indicator.share(
            f"barred.{service}",
            f"Adults to whom {service} is refused.",
            Term.held(f"refused_{service}"),
            ADULTS,
        )
    yield Indicator(
        "stress", "units", "Mean stress; one unit is one fresh rebuke by the employer.",
        Term.held("stress"), ADULTS, 1 / 256,
    )  # fmt: skip
    yield Indicator(
        "approval.private", "share", "Mean approval of how things are run, as felt.",
        Term.held("approval"), ADULTS, 1 / 65535,
    )  # fmt: skip
    yield Indicator(
        "approval.public", "share",
        "Mean approval of how things are run, as answered in public, where part of disapproval is hidden.",
        Term.held("approval_said"), ADULTS, 1 / 65535,
    )  # fmt: skip
    yield Indicator(
        "used_to", "days of own income/month", "Harm of a month that people have got used to.",
        Term.held("used_to"), ADULTS, 1 / 1024,
    )  # fmt: skip
    yield Indicator.share("aware", "Adults who know of the score.", Term.held("aware"), ADULTS)


INDICATORS: tuple[Indicator, ...] = (
    *_of_kinds(),
    *_of_records(),
    *of_institutions(),
    *_of_organisations(),
    *_of_penalties(),
    *ECONOMY,
    *_of_motives(),
    *_of_states(),
    *of_appeals(),
    *of_organisations(),
    *ACCIDENTS,
    *of_complaints(),
    *of_staging(),
    *of_gaming(),
    *of_screens(),
    *of_power(),
    *of_bodies(),
    *SERVICE,
)
BY_NAME = {indicator.name: indicator for indicator in INDICATORS}
