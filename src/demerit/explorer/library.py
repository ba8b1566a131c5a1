"""What there is to look at: the finished studies, and the first run if one is being made."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request
from pydantic import Field

from demerit.engine.disk import shown
from demerit.explorer.answer import Answer, Lived
from demerit.explorer.jobs import AllJobs, JobState
from demerit.explorer.refusal import REFUSALS
from demerit.explorer.shelf import Kind, OnShelf, OpenRun
from demerit.regime import Regime


class Study(Lived):
    """A finished study."""

    name: str = Field(description="By which requests know it: the name of its folder.")
    folder: str = Field(description="Its folder, as it is written where the explorer was started.")
    kind: Kind = Field(description="run, comparison or claims.")
    regimes: list[str] = Field(description="Ids of its regimes, the one asked for first.")
    note: str = Field(description="What else is told of it.")


class Library(Answer):
    """The studies, and the first run if one is being made."""

    studies: list[Study] = Field(description="Finished studies, those named on the command line first.")
    first: JobState | None = Field(description="The first run that is being made; null if there is none.")


class World(Answer):
    """A world of a run."""

    name: str = Field(description="Its name in tables and files.")
    title: str = Field(description="Title of its regime.")
    regime: str = Field(description="Id of its regime.")
    bands: list[str] = Field(description="Titles of the bands of its composite score, the highest first.")


class RunCard(Lived):
    """What a run is."""

    name: str = Field(description="Its name.")
    start: date = Field(description="Date of day 0.")
    days: int = Field(description="Days lived; the last is day days - 1.")
    ledger: str = Field(description="Entries kept: full, panel or none.")
    worlds: list[World] = Field(description="Its worlds, the regime asked for first.")
    version: str = Field(description="The program that wrote it.")


router = APIRouter(prefix="/api", tags=["library"], responses=REFUSALS)


@router.get("/studies")
def studies(shelf: OnShelf, jobs: AllJobs, request: Request) -> Library:
    """List what there is to look at."""
    number = request.app.state.first
    return Library(
        studies=[
            Study(
                name=one.folder.name,
                folder=shown(one.folder),
                kind=kind,
                regimes=list(one.regimes),
                society=one.society,
                population=one.population,
                years=one.years,
                seed=one.seed,
                note=one.note,
            )
            for kind, one in shelf.studies()
        ],
        first=None if number is None else jobs[number].told(),
    )


@router.get("/runs/{run}")
def card(run: OpenRun) -> RunCard:
    """Tell what a run is."""
    told = run.manifest
    return RunCard(
        name=run.name,
        society=told.society.id,
        population=told.population,
        start=told.start,
        days=told.days,
        years=round(told.years),
        seed=told.seed,
        ledger=told.ledger,
        worlds=[
            _world(name, Regime.from_canonical(world.data))
            for name, world in zip(run.names, told.worlds, strict=True)
        ],
        version=told.demerit,
    )


def _world(name: str, regime: Regime) -> World:
    bands = sorted(regime.data.bands, key=lambda band: -float(band.from_))
    return World(
        name=name,
        title=regime.data.regime.title,
        regime=regime.id,
        bands=[band.title for band in bands] if regime.data.score is not None else [],
    )
