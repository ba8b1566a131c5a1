"""Types of the section of a society file about officials."""

from __future__ import annotations

from demerit.files.number import IncomeDays
from demerit.files.table import Table


class Officials(Table):
    """What officials reckon with: `ask_days` is the effort of a request for each layer that has to agree."""

    ask_days: IncomeDays
