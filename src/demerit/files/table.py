"""The common shape of every table of an input file."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Strict

from demerit.files.names import issue, nearest, quoted
from demerit.sources import source_ids


class Table(BaseModel):
    """A table of a file: unknown keys are errors, values are not converted, the result cannot be changed."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def _check_source(value: Any) -> Any:
    if isinstance(value, str) and value not in source_ids():
        raise issue(f"unknown source {quoted(value)}", "an id of sources.toml", nearest(value, source_ids()))
    return value


Listed = Strict(False)
SourceId = Annotated[str, BeforeValidator(_check_source)]
Sources = Annotated[tuple[SourceId, ...], Listed]
