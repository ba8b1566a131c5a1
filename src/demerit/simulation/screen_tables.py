"""Compile public displays: who is shown, and what a display is expected to cost whoever is shown."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from demerit.catalogue.showing import SHOWN_FOR
from demerit.catalogue.words import ALL_FRIENDS, CITIZEN, KINDS
from demerit.simulation.conduct_tables import entered, fed_by, moved_by
from demerit.simulation.further_losses import loss_at_base, passed_on
from demerit.simulation.job_costs import job_costs
from demerit.simulation.scales import Q16, Q32, chance_q32
from demerit.society.friends import circle_size

if TYPE_CHECKING:
    from demerit.regime.types import RegimeFile
    from demerit.society.types import SocietyFile

_MONTH = 30.0


def fill_friend_loss(rules: np.void, society: SocietyFile) -> None:
    """Fill in what chains among friends are expected to cost, after the burdens."""
    for employed in (0, 1):
        rules["friend_loss"][employed] = round(friend_loss(rules, society, employed) * Q16)


def fill_screens(rules: np.void, regime: RegimeFile, society: SocietyFile) -> None:
    """Fill in who is shown and what it costs, after the bands."""
    screens = regime.screens
    if screens is None or not screens.enabled:
        return
    for reason, name in enumerate(SHOWN_FOR):
        rules["shows"] |= int(name in screens.shows) << reason
    term = float(screens.term_days)
    rules["screen_term"] = round(term)
    rules["screen_address"] = int("home-address" in screens.fields)
    rules["screen_photo"] = int("photo" in screens.fields)
    rules["screen_allegation"] = int("allegation" in screens.fields)
    rules["screen_city"] = int(screens.place == "city")
    rules["lookups"] = int(screens.lookups)
    edges = sorted(float(band.from_) for band in regime.bands)
    rules["screen_below"] = round(edges[1]) if len(edges) > 1 else 0
    for conduct in regime.conducts:
        rules["screen_publishes"][KINDS.index(conduct.answers)] = int(conduct.publishes)
    chance = dismissal(society, term) if rules["screen_city"] else 0.0
    rules["shown_worth"] = round(worth_of_display(society, chance) * Q16) if chance > 0 else 0
    harassed = float(society.ostracism.harassment) * term * int(rules["screen_address"])
    rules["display_cost"][0] = round(harassed * Q16)
    rules["display_cost"][1] = round((harassed + chance * job_costs(society).lost_days) * Q16)


def dismissal(society: SocietyFile, term: float) -> float:
    """Return the chance that an employee is dismissed over a display of so many days."""
    return 1.0 - math.exp(-float(society.ostracism.dismissed) * term / _MONTH)


def worth_of_display(society: SocietyFile, chance: float) -> float:
    """Return what keeping an employee on display costs a company, in days, so that it dismisses so often.

    It enters the same choice as points that a record takes from the company; never less than nothing.
    """
    company = society.company
    null = float(company.dismiss_null)
    odds = math.log(chance / (1.0 - chance)) - math.log(null / (1.0 - null))
    return max(odds * float(company.dismiss_tau), 0.0)


def fill_ostracism(people: np.void, society: SocietyFile) -> None:
    """Fill in what others do to people on display."""
    terms = society.ostracism
    people["harassment"] = round(float(terms.harassment) * Q16)
    people["turned_away"] = chance_q32(float(terms.turned_away))
    people["bus_refuses"] = chance_q32(float(terms.bus_refuses))
    people["viewers"] = round(float(terms.viewers))
    mean = sum(share * strength for share, strength in tie_strengths(society))
    noise = float(society.choice.tau) * float(terms.tie_days)
    people["tie_value"] = round(float(terms.tie_days) / mean * Q16)
    people["tie_inverse_tau"] = round(Q16 / noise)
    people["tie_shame"] = round(shame(society, noise) * Q16)


def tie_strengths(society: SocietyFile) -> list[tuple[float, float]]:
    """Return the strengths of friendships that the society makes, each with its share.

    Members of a circle have the others of it in common; friends beyond it have nobody.
    """
    width, inside = max(round(float(society.ties.friends)), 1), circle_size(society.ties) - 1
    return [(inside / width, inside / width), (1.0 - inside / width, 1.0 / width)]


def shame(society: SocietyFile, noise: float) -> float:
    """Return what a friend on display costs in shame, days, so that as many ties are cut as the file says.

    It is solved for people who trust their friends as on the first day, under a regime without chains.
    """
    terms, ties = society.ostracism, tie_strengths(society)
    mean, value = sum(share * strength for share, strength in ties), float(terms.tie_days)
    low, high = -60.0 * noise, 60.0 * noise + 2.0 * value / mean
    for _ in range(60):
        middle = (low + high) / 2.0
        cut = sum(
            share / (1.0 + math.exp(-(middle - value * strength / mean) / noise)) for share, strength in ties
        )
        low, high = (middle, high) if cut < float(terms.ties_cut) else (low, middle)
    return (low + high) / 2.0


def friend_loss(rules: np.void, society: SocietyFile, employed: int) -> float:
    """Return what a friend's records cost by the chains of the regime up to the horizon, days of income."""
    loss, fed = 0.0, fed_by(rules, CITIZEN)
    years = float(society.choice.horizon_days) / 365.0
    for situation in society.situations:
        kind = KINDS.index(situation.id)
        often = float(situation.rate) * float(situation.null_probability or 0.0)
        often *= float(rules["coverage"][kind]) / Q32 * years
        for register, points in entered(rules, kind):
            for into, passed in passed_on(rules, CITIZEN, register, points, 0, ALL_FRIENDS):
                loss += often * loss_at_base(rules, employed, moved_by(rules, CITIZEN, into, passed, fed))
    return loss


def fill_deals(people: np.void, society: SocietyFile) -> None:
    """Fill in what strangers are asked for, and what they make of it."""
    terms = society.deals
    rent, loan = float(terms.rent_share), float(terms.loan_share)
    people["deal_share"] = [chance_q32(rent), chance_q32(min(rent + loan, 1.0)), round(Q32)]
    stakes = (terms.rent_days, terms.loan_days, terms.marriage_days)
    people["deal_stake"] = [round(float(days) * Q16) for days in stakes]
    noise, agreed = float(society.choice.tau), float(terms.agreed)
    doubt = 1.0 - float(society.trust.strangers)
    people["deal_gain"] = round((doubt + noise * math.log(agreed / (1.0 - agreed))) * Q16)
    people["deal_inverse_tau"] = round(Q16 / noise)
    people["look_effort"] = round(float(terms.look_effort_days) * Q16)
    people["look_avoids"] = round(float(terms.look_avoids) * Q16)
    people["doubt_clean"] = round(float(terms.doubt_clean) * Q16)
    people["doubt_low"] = round(float(terms.doubt_low) * Q16)
