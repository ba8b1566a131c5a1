"""What the explorer answers with: frozen models, and the few fields that several of them share."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Answer(BaseModel):
    """Base of everything the explorer sends: it cannot change, and has no field that is not declared."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Titled(Answer):
    """Something with a name for requests and one for people."""

    id: str = Field(description="Its id.")
    title: str = Field(description="Its title.")
    summary: str = Field(description="What it is.")


class Indicated(Answer):
    """An indicator."""

    indicator: str = Field(description="Name of the indicator.")
    definition: str = Field(description="What it counts, over what.")
    unit: str = Field(description="Its unit.")


class Lived(Answer):
    """Whom a study is of, and for how long."""

    society: str = Field(description="Id of the society file: a synthetic society, no real person.")
    population: int = Field(description="People a world, children included.")
    years: int = Field(description="Calendar years.")
    seed: int = Field(description="Seed of every draw; the first of several.")
