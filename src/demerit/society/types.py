"""Types of a society file, one class per section; who lives there is in ``population_types``."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from demerit.files.names import Id
from demerit.files.number import (
    Factor,
    IncomeDays,
    Number,
    PositiveDays,
    Probability,
    Quantity,
    Share,
    Years,
)
from demerit.files.table import Listed, Sources, Table
from demerit.society.approval_types import Approval
from demerit.society.collision_types import Collisions
from demerit.society.economy_types import Access, Administration, Company, Debts, Labour, Shock, Want
from demerit.society.gaming_types import Gaming
from demerit.society.ostracism_types import Deals, Ostracism
from demerit.society.population_types import (
    Belongings,
    Demography,
    Firms,
    Income,
    Leanings,
    LifeCourse,
    Places,
    Province,
    Service,
    Stratum,
    Ties,
    Vehicles,
)
from demerit.society.power_types import Power
from demerit.society.reporting_types import Reporting
from demerit.society.rescue_types import Rescue
from demerit.society.service_types import Officials
from demerit.society.situation_types import Organisations, Situation
from demerit.society.staging_types import StagedAccidents

StressUnits = Annotated[Number, Quantity("units", 0, 100)]
Sigma = Annotated[Number, Quantity("log", 0, 5)]


class Head(Table):
    """Who the society is; gains are calibrated under the regime that `null` names."""

    id: Id
    title: str
    summary: str = ""
    schema_version: Literal[1]
    extends: str | None = None
    population: Annotated[int, Field(ge=1, le=2_000_000_000)]
    null: str = "ordinary-law"
    references: Sources = ()


class Eligibility(Table):
    """Shares of adults who can meet a situation at all.

    A drinker is a driver who drinks, an owner is self-employed, a merchant an owner who sells on a platform.
    Who is employed, works for a firm or drives one of its vehicles follows from strata and firms.
    """

    driver: Share
    borrower: Share
    bill_payer: Share
    drinker: Share
    guarantor: Share
    platform_user: Share
    owner: Share
    merchant: Share


class Exposure(Table):
    """Standard deviation of the logarithm of a person's exposure to situations, mean one, by family [F4]."""

    road_sigma: Sigma
    other_sigma: Sigma


class Choice(Table):
    """How people choose: noise, felt harm, conscience, the wish for score, the horizon [F1, F2, F4, F7].

    What chains would cost the household counts `household_weight` times as much as one's own loss [F6].
    """

    tau: Annotated[Number, Quantity("1", 0.01, 100)]
    harm_base: Annotated[Number, Quantity("1", 2, 1e6)]
    conscience_a: Annotated[Number, Quantity("1", 0.1, 1_000)]
    conscience_b: Annotated[Number, Quantity("1", 0.1, 1_000)]
    omega_days: IncomeDays
    horizon_days: PositiveDays
    blur: Factor
    household_weight: Annotated[Number, Quantity("1", 0, 1)]


class Learning(Table):
    """How norms and perceived risk move [F11–F14]; `hearers` hear of a person's record."""

    kappa: Annotated[Number, Quantity("1/year", -1, 10)]
    phi: Annotated[Number, Quantity("1", -1, 1)]
    frame_half_life_days: PositiveDays
    rho: Annotated[Number, Quantity("1/year", 0, 10)]
    alpha: Annotated[Number, Quantity("1", 0, 1)]
    alpha_heard: Annotated[Number, Quantity("1", 0, 1)]
    hearers: Annotated[Number, Quantity("people", 0, 8)]
    quiet_half_life_years: Years
    ell_limit: Annotated[Number, Quantity("log", 0, 5)]


class Trust(Table):
    """Initial trust by circle, the time constant of its return, and what bad events do to it [F15].

    After a bad event trust moves by `step_` of the way towards `low_`; the step after a good event is solved
    so that ordinary law is calm. Bad events: a bill of the household unpaid or kin who refuse a favour
    (family), a friend who refuses one (friends), a nuisance (neighbours), a scolding at work (colleagues), a
    driver who does not yield, a theft or a fraud (strangers), a wrongful record of one's own (institutions).
    """

    family: Probability
    friends: Probability
    neighbours: Probability
    colleagues: Probability
    strangers: Probability
    institutions: Probability
    return_years: Years
    step_family: Share
    step_friends: Share
    step_neighbours: Share
    step_colleagues: Share
    step_strangers: Share
    step_institutions: Share
    low_family: Probability
    low_friends: Probability
    low_neighbours: Probability
    low_colleagues: Probability
    low_strangers: Probability
    low_institutions: Probability


class Stress(Table):
    """Stress of one scolding by who scolds, of one public display, of a month under
    investigation, and how it fades [F33]."""

    employer: StressUnits
    police: StressUnits
    state: StressUnits
    display: StressUnits
    investigation: StressUnits
    half_life_days: PositiveDays


class SocietyFile(Table):
    """A society as written in a file, after `extends` and patches."""

    society: Head
    demography: Demography
    places: Places
    provinces: Annotated[tuple[Province, ...], Listed, Field(alias="province", max_length=40)] = ()
    strata: Annotated[tuple[Stratum, ...], Listed, Field(alias="stratum", min_length=1)]
    income: Income
    eligibility: Eligibility
    firms: Firms
    services: Annotated[tuple[Service, ...], Listed, Field(alias="service")] = ()
    vehicles: Vehicles
    belongings: Belongings
    ties: Ties
    leanings: Leanings
    life_course: LifeCourse
    exposure: Exposure
    situations: Annotated[tuple[Situation, ...], Listed, Field(alias="situation", min_length=1)]
    organisations: Organisations
    choice: Choice
    learning: Learning
    trust: Trust
    reporting: Reporting
    staging: StagedAccidents
    ostracism: Ostracism
    deals: Deals
    power: Power
    civil_service: Officials
    stress: Stress
    approval: Approval
    gaming: Gaming
    want: Want
    shock: Shock
    labour: Labour
    debts: Debts
    administration: Administration
    access: Access
    company: Company
    rescue: Rescue
    collisions: Collisions
