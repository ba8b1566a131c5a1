"""What a loaded regime and a loaded society have in common: typed content, remarks, a hash, changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar, Generic, Self

from demerit.files import document
from demerit.files.canonical import canonical, digest
from demerit.files.kind import Kind, Model


@dataclass(frozen=True)
class Loaded(Generic[Model]):
    """The typed content of a valid file after `extends` and patches, with the remarks made on the way."""

    KIND: ClassVar[Kind[Any]]

    data: Model
    notes: list[str] = field(default_factory=list, compare=False)

    @classmethod
    def _from(cls, found: document.Document[Model]) -> Self:
        return cls(found.model, found.notes)

    @classmethod
    def from_canonical(cls, data: Mapping[str, Any]) -> Self:
        """Rebuild it from what `canonical` returned, such as the copy in a manifest.

        Raises:
            FileProblems: if it is none.
        """
        return cls._from(document.from_data(cls.KIND, dict(data)))

    def patched(self, values: Mapping[str, Any]) -> Self:
        """Return it with values changed by dotted name, such as `conduct.road.crosswalk.points.road`.

        A plain number keeps the unit and evidence of the one it replaces; ``{"scale": 2}`` multiplies it.

        Raises:
            FileProblems: a name leads nowhere or a value is not possible there.
        """
        return self._from(document.change(self.KIND, self.canonical(), values)) if values else self

    def canonical(self) -> dict[str, Any]:
        """Write it as plain data that JSON can hold, defaults included."""
        return canonical(self.data)

    @property
    def _head(self) -> Any:
        return getattr(self.data, self.KIND.name)

    @property
    def id(self) -> str:
        """Its id."""
        return str(self._head.id)

    @property
    def null_id(self) -> str:
        """The id of the regime that counts as law alone: choices are measured by it, gains calibrated."""
        return str(self._head.null)

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the content without prose and citations, 64 hexadecimal digits."""
        return digest(self.canonical())

    @property
    def hash8(self) -> str:
        """The first eight digits of the hash."""
        return self.hash[:8]
