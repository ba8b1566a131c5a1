"""The simulation card of what a page shows: what it is for, what not, and what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi import Path as InPath
from pydantic import Field

from demerit.claims.again import asked
from demerit.claims.study import card_of_claims
from demerit.explorer.answer import Answer
from demerit.explorer.live_worker import START
from demerit.explorer.refusal import REFUSALS
from demerit.explorer.shelf import Kind, OnShelf
from demerit.regime import Regime
from demerit.simulation.manifest import read_manifest
from demerit.society import Society
from demerit.study.card import STATEMENT, Card, card_of, card_of_comparison, card_of_manifest
from demerit.study.comparison_again import plan_of_comparison
from demerit.study.comparison_manifest import read_comparison_manifest

_FOLDERS_KEPT = 64


class CardRow(Answer):
    """A row of a card."""

    name: str = Field(description="What it is about.")
    text: str = Field(description="What it says.")


class CardTold(Answer):
    """A simulation card."""

    statement: str = Field(description="That nobody is real.")
    rows: list[CardRow] = Field(
        description="Intended use, what it must not be used for, and what it rests on."
    )


def told(card: Card) -> CardTold:
    """Return a card as the page has it."""
    rows = [CardRow(name=name, text=text) for name, text in card.rows()]
    return CardTold(statement=STATEMENT, rows=rows)


@lru_cache(maxsize=_FOLDERS_KEPT)
def card_in(folder: Path, kind: Kind) -> Card:
    """Return the card of a finished study, which does not change any more.

    Raises:
        RunFolderError: it cannot be read.
    """
    if kind == "run":
        return card_of_manifest(read_manifest(folder))
    if kind == "claims":
        return card_of_claims(asked(folder)[0])
    return card_of_comparison(plan_of_comparison(read_comparison_manifest(folder), folder))


def card_of_live(
    society: str, regimes: Sequence[tuple[str, Regime]], *, people: int, years: int, seeds: int
) -> Card:
    """Return the card of a live re-run; regimes with the same rules stand once.

    Args:
        society: id of the society; regimes: the worlds by name, the reform first.
        people, years, seeds: how many of each.
    """
    once = {regime.hash: (name, regime) for name, regime in reversed(regimes)}
    return card_of(
        Society.load(society),
        list(reversed(once.values())),
        population=people,
        years=years,
        start=START,
        seeds=range(1, seeds + 1),
    )


router = APIRouter(prefix="/api/studies", tags=["library"], responses=REFUSALS)


@router.get("/{name}/card")
def card(
    name: Annotated[str, InPath(max_length=255, description="Name of a finished study.")],
    shelf: OnShelf,
    kind: Annotated[Kind, Query(description="What it is.")] = "run",
) -> CardTold:
    """Tell what a study is for, what it must not be used for, and what it rests on."""
    return told(card_in(shelf.folder_of(name, kind), kind))
