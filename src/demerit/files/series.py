"""A list of numbers that share unit and evidence, such as a distribution."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from demerit.files.evidence import (
    Basis,
    Issue,
    basis_issues,
    is_finite_number,
    text_issues,
    unit_issues,
    unknown_keys,
)
from demerit.files.evidence_schema import series_schema
from demerit.files.names import quoted
from demerit.files.number import evidence, problems


@dataclass(frozen=True, slots=True)
class Series:
    """Several values with one unit and one basis.

    >>> sum(Series((0.25, 0.75), "share", "cited", ("P09",)).values)
    1.0
    """

    values: tuple[float, ...]
    unit: str
    basis: Basis
    source: tuple[str, ...] = ()
    note: str | None = None
    target: str | None = None

    def table(self) -> dict[str, Any]:
        """Return the series as the table it is written as in a file, absent entries left out."""
        entries: dict[str, Any] = {"values": list(self.values), "unit": self.unit, "basis": self.basis}
        return entries | evidence(self.source, self.note, self.target)


@dataclass(frozen=True)
class Distribution:
    """Demand of a field that it holds shares adding up to one (within .001)."""

    length: int

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        writer = core_schema.plain_serializer_function_ser_schema(lambda series: series.table())
        return core_schema.no_info_plain_validator_function(self._read, serialization=writer)

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return series_schema("share", self.length)

    def _read(self, raw: Any) -> Series:
        table = raw.table() if isinstance(raw, Series) else raw
        if not isinstance(table, Mapping):
            shape = '{ values = […], unit = "share", basis = … }'
            raise problems([Issue("", f"{quoted(raw)} is not a distribution", shape)])
        issues = [
            *unknown_keys(table, "values"),
            *self._value_issues(table.get("values")),
            *unit_issues(table, "share"),
            *basis_issues(table),
            *text_issues(table),
        ]
        if issues:
            raise problems(issues)
        return Series(
            values=tuple(float(x) for x in table["values"]),
            unit="share",
            basis=cast(Basis, table["basis"]),
            source=tuple(table.get("source", ())),
            note=table.get("note"),
            target=table.get("target"),
        )

    def _value_issues(self, values: Any) -> list[Issue]:
        expected = f"{self.length} shares that add up to 1"
        if not isinstance(values, list | tuple) or not all(is_finite_number(x) for x in values):
            return [Issue("values", f"{quoted(values)} is not a list of numbers", expected)]
        if len(values) != self.length:
            return [Issue("values", f"{len(values)} values", expected)]
        if min(values) < 0 or abs(sum(values) - 1) > 1e-3:
            return [Issue("values", f"the values add up to {sum(values):g}", expected)]
        return []
