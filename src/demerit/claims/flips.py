"""The strongest assumption of a claim: the number that moves its margin most, and where the claim flips.

One number at a time, both ends of its range first; where the point estimates of the parts do not agree with
those of the files' value, the stretch between is halved.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Annotated

from pydantic import Field

from demerit.claims.definitions import Claim
from demerit.claims.robustness import margins
from demerit.claims.variations import Ranged, Variation, worlds_for
from demerit.claims.verdicts import ClaimFound, WorldsOfSeed, find
from demerit.files.table import Listed, Table

FILE = "assumptions.toml"
HALVINGS = 1
LAW = "N"
"""World of ordinary law."""


class Assumption(Table):
    """Numbers that a claim may hang on, and why."""

    claim: str
    at: Annotated[tuple[str, ...], Listed]
    why: str


class Assumptions(Table):
    """All of them."""

    assumptions: Annotated[tuple[Assumption, ...], Listed] = Field(alias="assumption")


@cache
def assumptions() -> dict[str, Assumption]:
    """Return the numbers each claim may hang on, by the claim's id.

    >>> assumptions()["C11"].at
    ('exemptions.filed.elite', 'exemptions.filed.cadre')
    """
    text = resources.files("demerit.claims").joinpath(FILE).read_text(encoding="utf-8")
    return {one.claim: one for one in Assumptions.model_validate(tomllib.loads(text)).assumptions}


def worlds_of_claims(at: str, known: Mapping[str, Ranged], among: Sequence[Claim]) -> tuple[str, ...]:
    """Return the worlds that those claims which may hang on a number are read from, and that it may change.

    A number of the regime changes nothing under ordinary law.
    """
    worlds = worlds_for(
        [part.figure for claim in among if at in assumptions()[claim.id].at for part in claim.parts]
    )
    return tuple(world for world in worlds if world != LAW or not known[at].of_regime)


def variation(at: str, value: float, known: Mapping[str, Ranged], among: Sequence[Claim]) -> Variation:
    """Return the variation in which a number has a value, in the worlds that it may matter to."""
    return Variation(((at, value),), worlds_of_claims(at, known, among))


@dataclass(frozen=True)
class Moved:
    """A claim along the range of one number.

    Attributes:
        at: address of the number.
        values: where it was set, in order; the files' value is among them.
        margins: margin of the claim at each; NaN without an occasion.
        found: what became of the claim at each.
    """

    at: str
    values: tuple[float, ...]
    margins: tuple[float, ...]
    found: tuple[ClaimFound, ...]

    @property
    def span(self) -> float:
        """How far the margin moves; -1 where nothing is known."""
        known = [one for one in self.margins if not math.isnan(one)]
        return max(known) - min(known) if len(known) > 1 else -1.0

    @property
    def flips(self) -> tuple[tuple[float, float], ...]:
        """Return the stretches between two values within which the point estimates turn."""
        pairs = zip(self.values, self.values[1:], self.margins, self.margins[1:], strict=False)
        return tuple((low, high) for low, high, before, after in pairs if before * after < 0)

    @property
    def is_told(self) -> bool:
        """Whether the claim had occasions enough at every value for a verdict."""
        return all(found.verdict != "no occasion" for found in self.found)


def ends(known: Mapping[str, Ranged], among: Sequence[Claim]) -> list[Variation]:
    """Return the variations of both ends of all numbers that claims may hang on, first the first of each.

    A number that the files do not have is left out.
    """
    hung_on = [assumptions()[claim.id].at for claim in among]
    ranks = range(max((len(at) for at in hung_on), default=0))
    ordered = [at[rank] for rank in ranks for at in hung_on if rank < len(at)]
    numbers = dict.fromkeys(at for at in ordered if at in known)
    return [variation(at, value, known, among) for at in numbers for value in (known[at].low, known[at].high)]


Lived = Mapping[Variation, list[WorldsOfSeed] | None]
"""What was kept of every variation, by seed; None where it could not be lived."""


def moved(claim: Claim, known: Mapping[str, Ranged], lived: Lived, files: list[WorldsOfSeed]) -> list[Moved]:
    """Return a claim along the range of every number it may hang on, the one that moves it most first.

    The margins of all of them are on one scale: a part's distances are divided by their median size.

    Args:
        claim: which one.
        known: the numbers of the files, by address.
        lived: what was kept of the variations.
        files: what was kept of the files as they are.
    """
    sets: list[tuple[str, float, list[WorldsOfSeed]]] = []
    for at in assumptions()[claim.id].at:
        mine = [(one, kept) for one, kept in lived.items() if one.numbers[0][0] == at]
        if not any(kept for _, kept in mine):
            continue
        sets.append((at, known[at].value, files))
        for one, kept in mine:
            if kept is not None:
                whole = [{**base, **seed} for base, seed in zip(files, kept, strict=True)]
                sets.append((at, one.numbers[0][1], whole))
    if not sets:
        return []
    parts = tuple(part.model_copy(update={"sized_by": ""}) for part in claim.parts)
    claim = claim.model_copy(update={"parts": parts})  # worlds that size it are not lived
    scale = margins(claim, [kept for _, _, kept in sets])
    found = []
    for at in dict.fromkeys(name for name, _, _ in sets):
        order = sorted((value, n) for n, (name, value, _) in enumerate(sets) if name == at)
        found.append(
            Moved(
                at,
                tuple(value for value, _ in order),
                tuple(float(scale[n]) for _, n in order),
                tuple(find([claim], sets[n][2])[0] for _, n in order),
            )
        )
    return sorted(found, key=lambda one: -one.span)


def halves(
    strongest: Sequence[Moved], known: Mapping[str, Ranged], among: Sequence[Claim]
) -> list[Variation]:
    """Return the variations in the middle of the stretches within which claims flip."""
    middles = {(one.at, (low + high) / 2) for one in strongest for low, high in one.flips}
    return [variation(at, value, known, among) for at, value in sorted(middles)]
