"""The compiler's types of the records that kernels pass to each other by pointer."""

from __future__ import annotations

from demerit.catalogue.columns import (
    AGENCY_DTYPE,
    APPEAL_DESK_DTYPE,
    APPEAL_OFFICE_DTYPE,
    COMPANY_DTYPE,
    NEIGHBOURHOOD_DTYPE,
    SERVICE_DTYPE,
    STATE_DTYPE,
    TRAITS_DTYPE,
    VEHICLE_DTYPE,
    WORK_DTYPE,
)
from demerit.catalogue.entries import ROW_DTYPE
from demerit.catalogue.hearsay import HEARSAY_DTYPE
from demerit.catalogue.packed import MIND_DTYPE, PACKED_ACCOUNTS_DTYPE
from demerit.catalogue.people import PEOPLE_DTYPE
from demerit.catalogue.rules import DESK_DTYPE, RULES_DTYPE
from demerit.catalogue.serving import GRADING_DTYPE, OFFICIAL_DTYPE
from demerit.engine.kernel import record, records, spaced
from demerit.engine.messages import MESSAGE_DTYPE

State = record(STATE_DTYPE)
Work = record(WORK_DTYPE)
Hearsay = record(HEARSAY_DTYPE)
Company = record(COMPANY_DTYPE)
Official = record(OFFICIAL_DTYPE)
GradingOffice = record(GRADING_DTYPE)
Accounts = record(PACKED_ACCOUNTS_DTYPE)
Traits = record(TRAITS_DTYPE)
Vehicle = record(VEHICLE_DTYPE)
Company = record(COMPANY_DTYPE)
Rules = record(RULES_DTYPE)
People = record(PEOPLE_DTYPE)
Desk = record(DESK_DTYPE)
Message = record(MESSAGE_DTYPE)

States = records(STATE_DTYPE)
Works = records(WORK_DTYPE)
AllAccounts = spaced(PACKED_ACCOUNTS_DTYPE)
AllHearsay = records(HEARSAY_DTYPE)
AllTraits = records(TRAITS_DTYPE)
Minds = records(MIND_DTYPE)
Officials = records(OFFICIAL_DTYPE)
GradingOffices = records(GRADING_DTYPE)
Vehicles = records(VEHICLE_DTYPE)
Company = record(COMPANY_DTYPE)
Companies = records(COMPANY_DTYPE)
Neighbourhoods = records(NEIGHBOURHOOD_DTYPE)
AppealOffice = record(APPEAL_OFFICE_DTYPE)
AppealOffices = records(APPEAL_OFFICE_DTYPE)
AppealDesks = records(APPEAL_DESK_DTYPE)
Agencies = records(AGENCY_DTYPE)
Services = records(SERVICE_DTYPE)
Messages = records(MESSAGE_DTYPE)
Rows = records(ROW_DTYPE)
