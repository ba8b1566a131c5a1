"""Types of the sections of a society file about money, work and daily life."""

from __future__ import annotations

from typing import Annotated

from demerit.files.number import IncomeDays, Number, Quantity, Rate, Share
from demerit.files.table import Table


class Shock(Table):
    """What the income shock behind a missed instalment takes."""

    days: IncomeDays


class Access(Table):
    """How often people need a service, and what doing without it costs in days of own income [F39].

    Food, transit and devices come as the bundle of a week; the others are trips and applications.
    `device_share` is the share of adults whose week depends on a networked car or device.
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


class Company(Table):
    """When a firm scolds: the value of its lost points against the effort, by a logit with noise tau."""

    scold_effort_days: IncomeDays
    point_value_days: Annotated[Number, Quantity("days of income/point", 0, 1_000)]
    tau: Annotated[Number, Quantity("days of income", 0.001, 1_000)]
