"""Types of the sections of a society file that say who lives there."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from demerit.files.names import Id, Ref
from demerit.files.number import AnnualMoney, Factor, IncomeDays, Number, Quantity, Share
from demerit.files.series import Distribution, Series
from demerit.files.table import Listed, Table
from demerit.society.own_ties import OwnTies

Sigma = Annotated[Number, Quantity("log", 0, 5)]
Count = Annotated[Number, Quantity("people", 0, 40)]
Correlation = Annotated[Number, Quantity("1", -1, 1)]


class AgeBand(Table):
    """The share of adults whose age lies between two ages, both included."""

    from_: Annotated[int, Field(alias="from", ge=16, le=90)]
    to: Annotated[int, Field(ge=16, le=90)]
    share: Share


class Demography(Table):
    """Who lives here; `household_size` holds the shares of households of 1, 2, 3, 4 and 5 people.

    `hukou_by_place` is the share of those in the country who have its local rural hukou because they live
    there; people in town have what is left, so that the shares of the whole stand. At nought place plays no
    part.
    """

    child_share: Share
    women_share: Share
    household_size: Annotated[Series, Distribution(5)]
    urban_share: Share
    party_share: Share
    minority_share: Share
    hukou_local_urban: Share
    hukou_local_rural: Share
    hukou_migrant_urban: Share
    hukou_migrant_rural: Share
    hukou_by_place: Share
    age_bands: Annotated[tuple[AgeBand, ...], Listed, Field(alias="age_band", min_length=1)]


class Places(Table):
    """Cities: how many there are, and the power of its rank with which a city's people fall in a province."""

    cities: Annotated[Number, Quantity("1", 1, 500)]
    rank_exponent: Annotated[Number, Quantity("1", 0, 2)]


class Province(Table):
    """A province by the census: its people, in town, of 0 to 14 years, of 65 and over, and income per head.

    Shares and incomes are used relative to those of all provinces; the level stands in the other sections.
    """

    id: Id
    title: str
    code: Annotated[int, Field(ge=11, le=98)]
    people: Annotated[Number, Quantity("people", 1, 2e9)]
    urban_share: Share
    young_share: Share
    old_share: Share
    income: AnnualMoney


class Stratum(Table):
    """A social position: its share of all adults, or of those neither retired nor studying, and its income.

    Income factors are relative to each other; whoever generates people scales them to the mean income. A rare
    stratum may be more frequent here than in life: `real_share` is its share of the same adults in life, and
    measures weigh its members accordingly [F43].
    """

    id: Id
    title: str
    of: Literal["adults", "active"]
    share: Share
    income_factor: Factor
    real_share: Share | None = None


class Income(Table):
    """Annual income: a lognormal mix of urban and rural with a Pareto top [P76b], and liquid wealth.

    `pareto_share` is the share of adults in the tail; liquid wealth is lognormal in days of own income.
    """

    urban_mean: AnnualMoney
    rural_mean: AnnualMoney
    urban_sigma: Sigma
    rural_sigma: Sigma
    pareto_share: Share
    pareto_alpha: Annotated[Number, Quantity("1", 1.01, 10)]
    floor: Annotated[Number, Quantity("CNY/day", 0.01, 10_000)]
    expense_share: Share
    wealth_days_mean: IncomeDays
    wealth_sigma: Sigma


class Firms(Table):
    """Firms: number per adult, exponent of the density of sizes, and firms that move goods with own vehicles.

    `fleet_share` is the share of employees of logistics firms who drive a company vehicle. A firm belongs to
    one of two platform groups or to none; its owner represents it by law or has an employee do so.
    """

    per_adult: Annotated[Number, Quantity("1", 0, 1)]
    size_exponent: Annotated[Number, Quantity("1", 1.01, 5)]
    logistics_share: Share
    fleet_share: Share
    group_one_share: Share
    group_two_share: Share
    owner_represents: Share


class Service(Table):
    """A kind of service: whom an operator serves, and for how many people there is one."""

    id: Annotated[str, Ref(("kind of service",))]
    serves: Literal["city", "province"]
    people: Annotated[Number, Quantity("people", 1, 1e9)]


class Vehicles(Table):
    """Vehicles: cars and motorcycles of drivers, networked electric cars among cars, buses among fleets."""

    car_per_driver: Share
    motorcycle_per_driver: Share
    networked_share: Share
    fleet_bus_share: Share


class Ties(Table):
    """Ties between people: means per adult; friends live in closed circles so that they know each other.

    `assortativity` is the correlation of friends' incomes and the excess share of friends of one's own hukou.
    """

    friends: Count
    kin: Count
    circle_size: Count
    assortativity: Share
    own: OwnTies | None = None


class Belongings(Table):
    """Dash-cams among drivers with a car; the government's app among party members and public employees."""

    dash_cam: Share
    government_app: Share


class Leanings(Table):
    """Latent traits between 0 and 1: means, and how alike people are (Beta, a + b = `likeness`).

    The correlations of conscience with stratum and wealth are rank correlations and nought by default: no
    class is modelled as morally worse.
    """

    religiosity_majority: Share
    religiosity_minority: Share
    travel_wish: Share
    opportunism: Share
    grudge: Share
    likeness: Annotated[Number, Quantity("1", 0.1, 1_000)]
    conscience_by_stratum: Correlation
    conscience_by_wealth: Correlation


class LifeCourse(Table):
    """Leaving school and retiring, on birthdays up to `horizon` years ahead.

    `pension` is the share of own income that is left. The population is closed: nobody is born, grows up,
    marries or dies of age.
    """

    enabled: bool
    horizon: Annotated[Number, Quantity("years", 0, 100)]
    pension: Share
