"""A number of an input file together with its unit, range and basis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, cast

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from demerit.files.context import Context
from demerit.files.evidence import (
    Basis,
    Issue,
    basis_issues,
    is_finite_number,
    range_issues,
    text_issues,
    unit_issues,
    unknown_keys,
)
from demerit.files.evidence_schema import number_schema
from demerit.files.names import quoted
from demerit.files.vocabulary import SCORE_LIMIT


@dataclass(frozen=True, slots=True)
class Number:
    """A value with its unit, its plausible range and what it rests on.

    >>> float(Number(0.04, "probability/event", (0.01, 0.15), "assumed"))
    0.04
    """

    value: float
    unit: str
    range: tuple[float, float] | None = None
    basis: Basis = "law"
    source: tuple[str, ...] = ()
    note: str | None = None
    target: str | None = None

    def __float__(self) -> float:
        return self.value

    def table(self) -> dict[str, Any]:
        """Return the number as the table it is written as in a file, absent entries left out."""
        entries: dict[str, Any] = {"value": self.value, "unit": self.unit, "basis": self.basis}
        if self.range is not None:
            entries["range"] = list(self.range)
        return entries | evidence(self.source, self.note, self.target)


def evidence(source: tuple[str, ...], note: str | None, target: str | None) -> dict[str, Any]:
    """Return what a number rests on as entries of its table, absent ones left out."""
    entries: dict[str, Any] = {"source": list(source)} if source else {}
    if note is not None:
        entries["note"] = note
    if target is not None:
        entries["target"] = target
    return entries


@dataclass(frozen=True)
class Quantity:
    """What a field demands of its number: the unit and the hard bounds (both included)."""

    unit: str
    low: float | None = None
    high: float | None = None

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        writer = core_schema.plain_serializer_function_ser_schema(lambda number: number.table())
        return core_schema.with_info_plain_validator_function(self._read, serialization=writer)

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return number_schema(self.unit, self.low, self.high)

    def _read(self, raw: Any, info: ValidationInfo) -> Number:
        if isinstance(raw, Number):
            raw = raw.table()
        if isinstance(raw, Mapping):
            return self._from_table(raw)
        if not is_finite_number(raw):
            raise problems([Issue("", f"{quoted(raw)} is not a number", f"a number in {self.unit}")])
        issues = self.bound_issues("", raw)
        if not Context.of(info.context).bare_numbers:
            expected = f'{{ value = {raw:g}, unit = "{self.unit}", basis = … }}'
            issues.append(Issue("", f"bare number {raw:g}: a number of a society needs its basis", expected))
        if issues:
            raise problems(issues)
        return Number(float(raw), self.unit)

    def _from_table(self, table: Mapping[str, Any]) -> Number:
        issues = [
            *unknown_keys(table, "value"),
            *self._value_issues(table),
            *unit_issues(table, self.unit),
            *range_issues(table),
            *basis_issues(table),
            *text_issues(table),
        ]
        if issues:
            raise problems(issues)
        span = table.get("range")
        return Number(
            value=float(table["value"]),
            unit=self.unit,
            range=None if span is None else (float(span[0]), float(span[1])),
            basis=cast(Basis, table["basis"]),
            source=tuple(table.get("source", ())),
            note=table.get("note"),
            target=table.get("target"),
        )

    def _value_issues(self, table: Mapping[str, Any]) -> list[Issue]:
        if "value" not in table:
            return [Issue("value", "missing", f"a number in {self.unit}")]
        value, span = table["value"], table.get("range")
        if not is_finite_number(value):
            return [Issue("value", f"{quoted(value)} is not a number", f"a number in {self.unit}")]
        issues = self.bound_issues("value", value)
        if span is not None and not range_issues(table) and not span[0] <= value <= span[1]:
            issues.append(Issue("value", f"{value:g} lies outside its range", f"{span[0]:g} to {span[1]:g}"))
        return issues

    def bound_issues(self, key: str, value: float) -> list[Issue]:
        """Check a value against the hard bounds of the field."""
        if self.low is not None and value < self.low:
            return [Issue(key, f"{value:g} is too small", self.bounds())]
        if self.high is not None and value > self.high:
            return [Issue(key, f"{value:g} is too large", self.bounds())]
        return []

    def bounds(self) -> str:
        """Say in words which values are possible."""
        if self.low is not None and self.high is not None:
            return f"{self.low:g} to {self.high:g} ({self.unit})"
        if self.low is not None:
            return f"at least {self.low:g} ({self.unit})"
        return f"at most {self.high:g} ({self.unit})" if self.high is not None else self.unit


def problems(issues: list[Issue]) -> PydanticCustomError:
    """Make one validation error that carries every issue of a number."""
    return PydanticCustomError("issues", "{text}", {"text": issues[0].message, "issues": issues})


Probability = Annotated[Number, Quantity("probability", 0, 1)]
Chance = Annotated[Number, Quantity("probability/event", 0, 1)]
Share = Annotated[Number, Quantity("share", 0, 1)]
Days = Annotated[Number, Quantity("days", 0, 36_500)]
PositiveDays = Annotated[Number, Quantity("days", 1, 36_500)]
Years = Annotated[Number, Quantity("years", 0.1, 1_000)]
IncomeDays = Annotated[Number, Quantity("days of income", 0, 36_500)]
Money = Annotated[Number, Quantity("CNY", 0, 1e9)]
AnnualMoney = Annotated[Number, Quantity("CNY/year", 1, 1e9)]
Rate = Annotated[Number, Quantity("1/year", 0, 1_000)]
Points = Annotated[Number, Quantity("points", -SCORE_LIMIT, SCORE_LIMIT)]
LicencePoints = Annotated[Number, Quantity("points/12", 0, 12)]
Factor = Annotated[Number, Quantity("1", 0, 1e6)]
