"""A regime file as a whole: its head and its sections, each typed in a module of its concern."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from demerit.files.names import Id
from demerit.files.schedule import Step
from demerit.files.table import Listed, Sources, Table
from demerit.regime.appeal_types import Appeals, Repair
from demerit.regime.complaint_types import Complaints
from demerit.regime.gaming_types import Gaming
from demerit.regime.hukou_types import Hukou
from demerit.regime.labour_types import LabourCourt
from demerit.regime.liability_types import Liability
from demerit.regime.licence_types import Fines, Licence, Violations
from demerit.regime.list_types import ListRule
from demerit.regime.record_types import Authority, Conduct, Prosecution, Register
from demerit.regime.refit_types import Refit
from demerit.regime.rescue_types import Rescue
from demerit.regime.sanction_types import Employers, Reward, Sanction
from demerit.regime.screen_types import Screens
from demerit.regime.seeing_types import Awareness, Detection, Exemptions
from demerit.regime.service_types import CivilService, Passports
from demerit.regime.sharing_types import (
    Band,
    Chain,
    Exchange,
    Platform,
    Rating,
    Scolding,
    Score,
    Transfer,
)
from demerit.regime.staging_types import Staging


class Head(Table):
    """Who the regime is: `null` names the regime under which a choice counts as held by law alone."""

    id: Id
    title: str
    summary: str = ""
    basis: Literal["documented", "essay", "hypothetical"]
    schema_version: Literal[1]
    extends: str | None = None
    null: str = "ordinary-law"
    references: Sources = ()


class RegimeFile(Table):
    """A regime after `extends` and patches; an absent section is an absent mechanism."""

    regime: Head
    authorities: Annotated[tuple[Authority, ...], Listed, Field(alias="authority")] = ()
    registers: Annotated[tuple[Register, ...], Listed, Field(alias="register")] = ()
    licence: Licence | None = None
    fines: Fines | None = None
    violations: Violations | None = None
    conducts: Annotated[tuple[Conduct, ...], Listed, Field(alias="conduct")] = ()
    prosecution: Prosecution | None = None
    chains: Annotated[tuple[Chain, ...], Listed, Field(alias="chain")] = ()
    scolding: Scolding = Scolding()
    platforms: Annotated[tuple[Platform, ...], Listed, Field(alias="platform")] = ()
    transfers: Annotated[tuple[Transfer, ...], Listed, Field(alias="transfer")] = ()
    exchange: Exchange = Exchange()
    score: Score | None = None
    ratings: Annotated[tuple[Rating, ...], Listed, Field(alias="rating")] = ()
    bands: Annotated[tuple[Band, ...], Listed, Field(alias="band")] = ()
    lists: Annotated[tuple[ListRule, ...], Listed, Field(alias="list")] = ()
    sanctions: Annotated[tuple[Sanction, ...], Listed, Field(alias="sanction")] = ()
    rewards: Annotated[tuple[Reward, ...], Listed, Field(alias="reward")] = ()
    detection: Detection | None = None
    exemptions: Exemptions | None = None
    appeals: Appeals | None = None
    rescue: Rescue | None = None
    liability: Liability | None = None
    repairs: Annotated[tuple[Repair, ...], Listed, Field(alias="repair")] = ()
    awareness: Awareness | None = None
    complaints: Complaints | None = None
    staging: Staging | None = None
    screens: Screens | None = None
    labour_court: LabourCourt | None = None
    gaming: Gaming | None = None
    hukou: Hukou | None = None
    employers: Employers | None = None
    civil_service: CivilService | None = None
    passports: Passports | None = None
    refit: Refit | None = None
    steps: Annotated[tuple[Step, ...], Listed, Field(alias="tightening")] = ()
