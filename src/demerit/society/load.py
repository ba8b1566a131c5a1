"""Load a society from a preset or a file, patch it, and give it its hash."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from demerit.catalogue.words import SERVICE_KINDS
from demerit.files import document
from demerit.files.kind import Kind
from demerit.files.loaded import Loaded
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
class Society(Loaded[SocietyFile]):
    """People as data: the typed content of a society file after `extends` and patches.

    >>> society = Society.load("hamlet")
    >>> society.data.society.population, float(society.data.eligibility.driver)
    (200, 0.4)
    >>> society.patched({"learning.kappa": 0}).hash == society.hash
    False
    """

    KIND = KIND

    @classmethod
    def load(
        cls, name_or_path: str | Path, *, population: int | None = None, ties: str | Path | None = None
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
        society = cls._from(document.load(KIND, name_or_path))
        if population is not None:
            society = society.patched({"society.population": population})
        own = society.data.ties.own
        if ties is None and own is not None and own.file is not None:
            here = Path(name_or_path)
            ties = (here if here.is_dir() else here.parent) / own.file
        return society if ties is None else society.with_ties(ties)

    def with_ties(self, path: str | Path) -> Society:
        """Return the society with own ties, read from a CSV or Parquet file, in place of generated ones.

        The columns are tie (friend, kin, employee, driver), from and to.

        Raises:
            FileProblems: with every problem of the table; it must not look like one of real people.
        """
        from demerit.society.edge_list import read_ties

        ties = self.data.ties.model_copy(update={"own": read_ties(path)})
        return Society(self.data.model_copy(update={"ties": ties}), self.notes)


def list_presets() -> list[PresetInfo]:
    """List the societies that come with the package.

    >>> [preset.id for preset in list_presets()]
    ['city', 'city-networked', 'country', 'hamlet']
    """
    heads = [Society.load(name).data.society for name in KIND.preset_ids()]
    return [PresetInfo(head.id, head.title, head.population, head.summary) for head in heads]
