"""The common shape of every table of an input file."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer, Strict

from demerit.files.names import issue, nearest, quoted
from demerit.sources import source_ids


class Table(BaseModel):
    """A table of a file: unknown keys are errors, values are not converted, the result cannot be changed."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def _check_source(value: Any) -> Any:
    if isinstance(value, str) and value not in source_ids():
        raise issue(f"unknown source {quoted(value)}", "an id of sources.toml", nearest(value, source_ids()))
    return value


def _read_date(value: Any) -> Any:
    """Accept a date written as text, as in a manifest."""
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise issue(f"{quoted(value)} is not a date", "a date such as 2018-01-01") from None
    return value


Listed = Strict(False)
SourceId = Annotated[str, BeforeValidator(_check_source)]
Sources = Annotated[tuple[SourceId, ...], Listed]
Date = Annotated[date, BeforeValidator(_read_date), PlainSerializer(lambda day: day.isoformat())]
