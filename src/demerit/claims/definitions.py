"""The claims about what a regime does to people, as they were fixed before any was computed.

Each claim is a statement of the essay, or a concession to it, turned into figures that a run has or has not:
what is counted, over whom and when, in which worlds, and how far off it must be to matter.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Annotated, Literal

from pydantic import Field, model_validator

from demerit.files.table import Listed, Table

FILE = "claims.toml"
SIGNS = (" - ", " / ")
"""How two worlds are set against each other: by difference, or by ratio."""


class ClaimWorld(Table):
    """A world that claims are read from.

    Attributes:
        id: `R`, `N`, or the name of the change of R.
        says: what differs in it.
    """

    id: str
    says: str


class ClaimPart(Table):
    """One figure of a claim.

    Attributes:
        statistic: what is divided by what.
        unit: unit of the figure.
        figure: the world it is read in, or two worlds with `-` or `/` between them.
        side: where the interval must lie for the part to hold.
        smallest: smallest effect of interest, in the unit; a ratio of worlds has none.
        sized_by: further differences that say where the effect comes from; they decide nothing.
    """

    statistic: str
    unit: str
    figure: str
    side: Literal["above", "below", "at_least"]
    smallest: float
    sized_by: str = ""

    @property
    def worlds(self) -> tuple[str, ...]:
        """The worlds that the figure and what sizes it are read in, in the order named.

        >>> claims()[0].parts[0].worlds
        ('strike-thinned', 'R')
        """
        contrasts = [self.figure, *filter(None, self.sized_by.split("; "))]
        named = [world for contrast in contrasts for world in sides(contrast)]
        return tuple(dict.fromkeys(named))


class Claim(Table):
    """A hypothesis.

    Attributes:
        id: C0 to C25.
        text: the claim in a few words.
        kind: `emergent` if it could fail in R as it stands; `mechanical` if a rule says so and only its size
            is a result; `assumed` if a number that is switched on says so: it is sized and never confirmed.
        population: whom or what it is about; adults are 16 and older on the first day.
        window: when; late is the last third of a run, at most three years.
        parts: what must all hold.
    """

    id: str
    text: str
    kind: Literal["emergent", "mechanical", "assumed"]
    population: str
    window: str
    parts: Annotated[tuple[ClaimPart, ...], Listed] = Field(alias="part", min_length=1)


class Claims(Table):
    """All worlds and claims.

    Raises:
        ValidationError: a figure names a world that is not defined, or a world is named by no figure.
    """

    worlds: Annotated[tuple[ClaimWorld, ...], Listed] = Field(alias="world")
    claims: Annotated[tuple[Claim, ...], Listed] = Field(alias="claim")

    @model_validator(mode="after")
    def _worlds_are_those_named(self) -> Claims:
        known = {world.id for world in self.worlds}
        named = {world for claim in self.claims for part in claim.parts for world in part.worlds}
        if known != named:
            raise ValueError(f"worlds defined and worlds named differ: {sorted(known ^ named)}")
        return self


def sides(contrast: str) -> tuple[str, ...]:
    """Return the worlds of a contrast: one, or the two that are set against each other.

    >>> sides("R - no-blame"), sides("R")
    (('R', 'no-blame'), ('R',))
    """
    for sign in SIGNS:
        if sign in contrast:
            first, second = contrast.split(sign)
            return first, second
    return (contrast,)


@cache
def _definitions() -> Claims:
    text = resources.files("demerit.claims").joinpath(FILE).read_text(encoding="utf-8")
    return Claims.model_validate(tomllib.loads(text))


def claims() -> tuple[Claim, ...]:
    """Return the claims in order.

    >>> len(claims()), claims()[4].text
    (26, 'People walk past the injured')
    """
    return _definitions().claims


def claim_worlds() -> tuple[ClaimWorld, ...]:
    """Return the worlds that the claims are read from.

    >>> [world.id for world in claim_worlds()][:3]
    ['N', 'R', 'strike-thinned']
    """
    return _definitions().worlds


def keys(claim: Claim) -> list[str]:
    """Return the keys of a claim's parts.

    >>> keys(claims()[1])
    ['C1.1', 'C1.2']
    """
    return [f"{claim.id}.{number}" for number in range(1, len(claim.parts) + 1)]


@cache
def statistics_of(world: str, *, deciding: bool = False) -> tuple[str, ...]:
    """Return the keys of the statistics that read a world, in the order of the claims.

    Args:
        world: id of a world.
        deciding: leave out those that read it only to say where an effect comes from.

    >>> statistics_of("no-blame"), statistics_of("no-blame", deciding=True)
    (('C4.1',), ())
    """
    return tuple(
        key
        for claim in claims()
        for key, part in zip(keys(claim), claim.parts, strict=True)
        if world in (sides(part.figure) if deciding else part.worlds)
    )


@cache
def worlds_read(*, deciding: bool = False) -> tuple[str, ...]:
    """Return the ids of the worlds that some statistic reads.

    >>> len(worlds_read()), len(worlds_read(deciding=True))
    (16, 9)
    """
    return tuple(world.id for world in claim_worlds() if statistics_of(world.id, deciding=deciding))
