"""Types of the sections of a society file about money, work and daily life."""

from __future__ import annotations

from typing import Annotated

from demerit.files.number import Chance, IncomeDays, Money, Number, Probability, Quantity, Rate, Share
from demerit.files.table import Table


class Shock(Table):
    """What the income shock behind a missed instalment takes."""

    days: IncomeDays


class Access(Table):
    """How often people need a service, and what doing without it costs in days of own income [F39].

    Food, transit and devices come as the bundle of a week; the others are trips and applications.
    `device_share` is the share of adults whose week depends on a networked car or device.
    `residence_cost_days` is what a refused application to live like a local costs whoever has moved.
    """

    device_share: Share
    food_rate: Rate
    food_cost_days: IncomeDays
    transit_rate: Rate
    transit_cost_days: IncomeDays
    device_rate: Rate
    device_cost_days: IncomeDays
    train_rate: Rate
    train_cost_days: IncomeDays
    flight_rate: Rate
    flight_cost_days: IncomeDays
    hospital_rate: Rate
    hospital_cost_days: IncomeDays
    school_rate: Rate
    school_cost_days: IncomeDays
    housing_rate: Rate
    housing_cost_days: IncomeDays
    loan_rate: Rate
    loan_cost_days: IncomeDays
    residence_cost_days: IncomeDays


class Want(Table):
    """Want [F39]: from debts of `credit_days` of own income on nobody gives credit for bread and bus."""

    enabled: bool
    credit_days: IncomeDays


class Labour(Table):
    """Work and the lack of it, what ends a job, and the search for another.

    `hired` is the chance that an application succeeds under ordinary law; `seen_factor` multiplies it for
    somebody whose standing the employer sees and shuns [B113], `seen_wage` is what that takes from the wage
    [B116]. `scar` is what a job lost by force or left in distress takes from the next wage. While seeking
    work one has `support` of the own usual income, at least the income floor, and spends `thrift` less.
    `licence_trade` and `licence_other` are chances of a year without a licence [B110], `quitting` the hazard
    of a unit of stress [F33].
    """

    applications: Rate
    hired: Chance
    seen_factor: Annotated[Number, Quantity("1", 0.01, 1)]
    seen_wage: Share
    scar: Share
    support: Share
    thrift: Share
    licence_trade: Probability
    licence_other: Probability
    quitting: Annotated[Number, Quantity("1/month", 0, 10)]


class Debts(Table):
    """What debts cost, and how many years of own income can be attached for one claim [F24, F42]."""

    interest: Rate
    attachable_years: Annotated[Number, Quantity("years", 0, 1_000)]


class Administration(Table):
    """What the work of authorities costs: an entry in a register, a court record, a copy that arrives,
    an inspection.
    """

    record: Money
    court: Money
    transfer: Money
    inspection: Money


class Company(Table):
    """When a firm scolds and dismisses over a record, by logits with noise `tau` and `dismiss_tau`.

    It scolds if its lost points are worth the effort. A record that costs it nothing leads to dismissal with
    `dismiss_null`; the worth of lost points adds to the odds.
    """

    scold_effort_days: IncomeDays
    point_value_days: Annotated[Number, Quantity("days of income/point", 0, 1_000)]
    tau: Annotated[Number, Quantity("days of income", 0.001, 1_000)]
    dismiss_null: Annotated[Number, Quantity("probability/event", 1e-6, 0.5)]
    dismiss_tau: Annotated[Number, Quantity("days of income", 0.001, 1_000)]
