"""Types of the section of a society file about officials."""

from __future__ import annotations

from demerit.files.number import IncomeDays, PositiveDays
from demerit.files.table import Table


class Officials(Table):
    """What officials reckon with, and for how long they want to go abroad.

    `ask_days` is the effort of a request for each layer that has to agree; trips last from
    `least_trip_days` to `most_trip_days`, each as likely.
    """

    ask_days: IncomeDays
    least_trip_days: PositiveDays
    most_trip_days: PositiveDays
