"""Load a society from a preset or a file, patch it, and give it its hash."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from demerit.catalogue.words import SERVICE_KINDS
from demerit.files import document
from demerit.files.canonical import canonical, digest
from demerit.files.kind import Kind
from demerit.files.vocabulary import SITUATIONS
from demerit.society.checks import check_society
from demerit.society.types import SocietyFile

PRESETS: Final = Path(__file__).parent / "presets"
KIND: Final = Kind(
    name="society",
    model=SocietyFile,
    presets=PRESETS,
    check=check_society,
    bare_numbers=False,
    outside_ids={"situation kind": SITUATIONS, "kind of service": SERVICE_KINDS},
)


@dataclass(frozen=True)
class PresetInfo:
    """A society that comes with the package."""

    id: str
    title: str
    population: int
    summary: str


@dataclass(frozen=True)
class Society:
    """People as data: the typed content of a society file after `extends` and patches.

    >>> society = Society.load("hamlet")
    >>> society.data.society.population, float(society.data.eligibility.driver)
    (200, 0.4)
    >>> society.patched({"learning.kappa": 0}).hash == society.hash
    False
    """

    data: SocietyFile
    notes: list[str] = field(default_factory=list, compare=False)

    @staticmethod
    def load(
        name_or_path: str | Path, *, population: int | None = None, ties: str | Path | None = None
    ) -> Society:
        """Load a preset by its id or a society file by its path.

        Args:
            name_or_path: which one.
            population: people, children included; None for the file's own number.
            ties: CSV or Parquet file of own ties, read in place of those the file may name.

        Raises:
            FileProblems: with every problem of the file, each with line, key and what was expected.

        >>> Society.load("city", population=500).data.society.population
        500
        """
        society = _from(document.load(KIND, name_or_path))
        if population is not None:
            society = society.patched({"society.population": population})
        own = society.data.ties.own
        if ties is None and own is not None and own.file is not None:
            here = Path(name_or_path)
            ties = (here if here.is_dir() else here.parent) / own.file
        return society if ties is None else society.with_ties(ties)

    @staticmethod
    def from_canonical(data: Mapping[str, Any]) -> Society:
        """Rebuild a society from what `canonical` returned, such as the copy in a manifest.

        Raises:
            FileProblems: if it is not a society.
        """
        return _from(document.from_data(KIND, dict(data)))

    def patched(self, values: Mapping[str, Any]) -> Society:
        """Return a society with values changed by dotted name, such as `learning.kappa`.

        A plain number keeps the unit and evidence of the one it replaces; ``{"scale": 2}`` multiplies it.

        Raises:
            FileProblems: a name leads nowhere or a value is not possible there.
        """
        return _from(document.change(KIND, self.canonical(), values)) if values else self

    def with_ties(self, path: str | Path) -> Society:
        """Return the society with own ties, read from a CSV or Parquet file, in place of generated ones.

        The columns are tie (friend, kin, employee, driver), from and to.

        Raises:
            FileProblems: with every problem of the table; it must not look like one of real people.
        """
        from demerit.society.edge_list import read_ties

        ties = self.data.ties.model_copy(update={"own": read_ties(path)})
        return Society(self.data.model_copy(update={"ties": ties}), self.notes)

    def canonical(self) -> dict[str, Any]:
        """Write the society as plain data that JSON can hold, defaults included."""
        return canonical(self.data)

    @property
    def id(self) -> str:
        """The id of the society."""
        return self.data.society.id

    @property
    def null_id(self) -> str:
        """The id of the regime under which gains are calibrated."""
        return self.data.society.null

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the numbers without prose and citations, 64 hexadecimal digits."""
        return digest(self.canonical())

    @property
    def hash8(self) -> str:
        """The first eight digits of the hash."""
        return self.hash[:8]


def _from(loaded: document.Document[SocietyFile]) -> Society:
    return Society(loaded.model, loaded.notes)


def list_presets() -> list[PresetInfo]:
    """List the societies that come with the package.

    >>> [preset.id for preset in list_presets()]
    ['city', 'country', 'hamlet']
    """
    heads = [Society.load(name).data.society for name in KIND.preset_ids()]
    return [PresetInfo(head.id, head.title, head.population, head.summary) for head in heads]
