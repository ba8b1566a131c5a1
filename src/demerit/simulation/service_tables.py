"""Compile the civil service of a regime: what it governs, how it grades, what officials expect of points."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from demerit.catalogue.serving import DEGREES, GOVERNED, KEPT, RELATIVES, STATUSES
from demerit.catalogue.words import KINDS, TRIP
from demerit.institutions.discipline import held_days
from demerit.mechanisms.expecting import cost_of_discipline
from demerit.simulation.job_costs import job_costs
from demerit.simulation.scales import Q16, chance_q32, thousandths

if TYPE_CHECKING:
    from demerit.regime.service_types import CivilService, Governed, Grades, Travel
    from demerit.regime.types import RegimeFile
    from demerit.society.types import SocietyFile

_DAYS_A_YEAR, _DAYS_A_MONTH = 365.0, 365.0 / 12.0
_WAGE = 32768


def compile_service(rules: np.void, regime: RegimeFile, society: SocietyFile) -> None:
    """Fill in what governs officials; without the section, or switched off, everything is free."""
    service = regime.civil_service
    if service is None or not service.enabled:
        return
    rules["service"] = 1
    rules["layers"] = round(float(service.layers))
    rules["layer_passes"] = chance_q32(float(service.pass_rate))
    rules["layer_days"] = max(round(float(service.layer_days)), 1)
    rules["granted"] = round(float(service.pass_rate) ** round(float(service.layers)) * Q16)
    for name in GOVERNED:
        governed = getattr(service, name)
        if governed is not None:
            _govern(rules, KINDS.index(f"cs.{name}"), governed)
    _degrees(rules, service)
    _grades(rules, service.grades, society)
    if service.travel is not None:
        _travel(rules, service.travel, society)
    if service.investigations is not None:
        _investigations(rules, service, society)
    if service.review is not None:
        rules["review_asked"] = chance_q32(float(service.review.asked))
        rules["review_granted"] = chance_q32(float(service.review.granted))
        rules["review_answered"] = round(float(service.review.days))
    if service.relatives is not None:
        for root, name in enumerate(RELATIVES):
            rules["relative_seen"][root] = chance_q32(float(getattr(service.relatives, name)))
            points = getattr(service.relatives, f"{name}_points")
            rules["relative_points"][root] = thousandths(float(points))


def _govern(rules: np.void, kind: int, governed: Governed) -> None:
    rules["status"][kind] = STATUSES.index(governed.status)
    seen = governed.coverage
    rules["found_out"][0, kind] = chance_q32(float(seen))
    rules["found_out"][1, kind] = chance_q32(float(governed.with_app or seen))
    rules["service_points"][kind] = thousandths(float(governed.points))
    rules["service_fine_fen"][kind] = round(float(governed.fine) * 100)


def _degrees(rules: np.void, service: CivilService) -> None:
    rules["discipline_half_life"] = round(float(service.half_life_days))
    for place, name in enumerate(DEGREES):
        degree = getattr(service, name.replace(" ", "_"))
        rules["degree_points"][place] = thousandths(float(degree.points))
        rules["degree_days"][place] = round(float(degree.months) * _DAYS_A_MONTH)


def _grades(rules: np.void, grades: Grades, society: SocietyFile) -> None:
    """Fill in the grades, and what each is worth over the horizon to somebody of the usual wage."""
    quota = float(grades.excellent)
    rules["excellent_share"] = round(quota * 10_000)
    rules["excellent_odds"] = round(math.log(quota / (1.0 - quota)) * Q16) if 0 < quota < 1 else -16 * Q16
    rules["merit_per_point"] = round(float(grades.merit_per_point) * Q16)
    rules["loyalty_weight"] = round(float(grades.loyalty) * Q16)
    rules["basic_points"] = thousandths(float(grades.basic_points))
    rules["incompetent_points"] = thousandths(float(grades.incompetent_points))
    rules["bonus"] = round(float(grades.bonus_days) * Q16)
    rules["pay_step"] = round(float(grades.pay_step) * _WAGE)
    rules["level_pay"] = round(float(grades.level_pay) * _WAGE)
    rules["promoted"] = chance_q32(float(grades.promoted))
    horizon = float(society.choice.horizon_days)
    level = float(grades.level_pay) * horizon
    # the other good years that are needed come with the quota again
    further = quota ** (float(grades.good_years) - 1)
    promotion = further * float(grades.promoted) * level
    rules["excellent_value"] = round((float(grades.bonus_days) + promotion) * Q16)
    rules["step_value"] = round(float(grades.pay_step) * horizon * Q16)
    rules["demotion_value"] = round(level * Q16)
    rules["grade_blur"] = round(Q16 / float(grades.blur_points))
    rules["good_years"] = round(float(grades.good_years))
    rules["poor_years"] = round(float(grades.poor_years))


def _travel(rules: np.void, travel: Travel, society: SocietyFile) -> None:
    """Fill in passports, days and bans; a ban costs the trips of a mean official over the horizon."""
    rules["passports_kept"] = KEPT.index(travel.kept)
    rules["least_granted"] = round(float(travel.least_granted) * Q16)
    rules["late_found"] = chance_q32(float(travel.late_found))
    rules["late_points"] = thousandths(float(travel.late_points))
    rules["ban_days"] = round(float(travel.ban_years) * _DAYS_A_YEAR)
    rules["household_layers"] = round(float(travel.household_layers))
    trips = next((one for one in society.situations if one.id == KINDS[TRIP]), None)
    if trips is not None:
        years = min(float(travel.ban_years), float(society.choice.horizon_days) / _DAYS_A_YEAR)
        often = float(trips.rate) * float(society.leanings.travel_wish)
        lost = often * years * float(trips.gain_days) * int(rules["granted"]) / Q16
        rules["ban_value"] = round(lost * Q16)


def _investigations(rules: np.void, service: CivilService, society: SocietyFile) -> None:
    """Fill in investigations, and what one is expected to cost somebody with a clean record."""
    inquiry = service.investigations
    assert inquiry is not None
    for name in GOVERNED:
        governed = getattr(service, name)
        if governed is not None and name != "shares":
            opens = inquiry.opens if governed.investigated is None else governed.investigated
            rules["inquiry_opens"][KINDS.index(f"cs.{name}")] = chance_q32(float(opens))
    rules["inquiry_least"] = round(float(inquiry.least_days))
    rules["inquiry_most"] = max(round(float(inquiry.most_days)), round(float(inquiry.least_days)))
    record, dismissal = float(inquiry.record), float(inquiry.dismissal)
    rules["inquiry_ends"] = [chance_q32(1.0 - record - dismissal), chance_q32(1.0 - dismissal), 1 << 32]
    rules["inquiry_points"] = thousandths(float(inquiry.points))
    lost = -int(rules["inquiry_points"])
    marked = float(cost_of_discipline(rules, lost) - cost_of_discipline(rules, 0))
    marked += int(rules["step_value"]) * held_days(rules, lost) / _DAYS_A_YEAR
    rules["inquiry_value"] = round(record * marked + dismissal * job_costs(society).lost_days * Q16)


def compile_passports(rules: np.void, regime: RegimeFile) -> None:
    """Fill in who does not get a passport among those who are no officials."""
    if regime.passports is not None:
        rules["passport_refused"] = chance_q32(float(regime.passports.refused))
        rules["passport_below"] = round(float(regime.passports.below))


def compile_officials(people: np.void, society: SocietyFile) -> None:
    """Fill in what asking costs officials, and for how many days they want to go abroad."""
    people["trip_least"] = round(float(society.civil_service.least_trip_days))
    people["trip_most"] = round(float(society.civil_service.most_trip_days))
    people["ask_effort"] = round(float(society.civil_service.ask_days) * Q16)
