"""What the view of a life is made of."""

from __future__ import annotations

from pydantic import Field

from demerit.explorer.answer import Answer
from demerit.explorer.views.model import Chart, Cited


class Line(Answer):
    """An entry of the ledger."""

    id: str = Field(description="Its id; too long for a number of JavaScript.")
    cause: str | None = Field(description="The entry that led to it; null where it began with the situation.")
    level: int = Field(default=0, description="How deep it hangs below the entry that is unfolded.")
    date: str
    subject: str
    what: str = Field(description="Kind of entry.")
    says: str = Field(description="The same in a sentence.")
    rule: str | None
    authority: str | None = Field(description="Who stands behind it.")
    points: float
    amount_cny: float
    truth: str = Field(description="Hidden truth label, wrong if it is wrong at its root.")
    wrongful: bool = Field(description="Whether it should not be there.")
    motive: str = Field(description="What decided the choice: principle, law, score, free or none.")


class Recorded(Answer):
    """A record or credit with its rule and its law."""

    line: Line
    alleged: str = Field(description="What it says its subject has done.")
    really: str = Field(description="What the truth label means.")
    terms: tuple[str, ...] = Field(description="What the rule says, in words.")
    law: tuple[Cited, ...] = Field(description="Facts and laws that the rule rests on.")
    followed: int = Field(description="Entries it has led to, anybody's.")
    reached: tuple[str, ...] = Field(description="Whom else it has reached.")


class EdgeNear(Answer):
    """An edge of a score, and how far it is."""

    name: str
    what: str = Field(description="band, list, sanction or reward.")
    at: int = Field(description="Score at the edge, points.")
    points: float = Field(description="How far the score is from it, points.")
    above: bool = Field(description="Whether the score stands at or above it.")


class Step(Answer):
    """A step of a score from a clean record to what is shown, in points."""

    step: str
    points: float
    brought: float | None = Field(default=None, description="What the entry brought, before it faded.")
    id: str | None = Field(default=None, description="The entry, where it is one.")
    says: str = Field(default="", description="What the entry says, with its date.")


class ScoreNow(Answer):
    """A score on the last day."""

    system: str
    title: str
    shown: int = Field(description="What it shows, points.")
    steps: tuple[Step, ...] = Field(description="How it comes about, from a clean record on.")
    edges: tuple[EdgeNear, ...]


class Hanging(Answer):
    """A sanction or reward that can hang on somebody of this kind."""

    id: str
    title: str
    kind: str = Field(description="sanction or reward.")
    in_force: bool
    since: str | None
    lives_again: bool = Field(description="Whether asking why lives the world again, which takes a while.")


class RuleMet(Answer):
    """A rule that this life has met, and could be lived without."""

    rule: str
    title: str
    entries: int = Field(description="Entries of this life that rest on it.")


class Beside(Answer):
    """A count in both worlds."""

    what: str
    unit: str
    here: float
    twin: float | None = Field(description="In the twin world; null without one.")


class LifePage(Answer):
    """A life."""

    subject: str
    kind: str
    world: str
    twin: str = Field(description="The twin world; empty if lived alone.")
    synthetic: str = "Synthetic society: no real person is described."
    facts: dict[str, str | int] = Field(description="What the society file has made of a citizen.")
    entries: int = Field(description="Ledger entries about it.")
    records: tuple[Recorded, ...]
    roots: tuple[Line, ...] = Field(description="What everything began with, in order.")
    scores: tuple[ScoreNow, ...]
    hanging: tuple[Hanging, ...]
    rules: tuple[RuleMet, ...]
    beside: tuple[Beside, ...]
    charts: tuple[Chart, ...]


class Near(Answer):
    """Somebody or something near the life on view; the first one is the life itself."""

    subject: str
    group: str = Field(description="self, household, kin, friends, vehicles, work, neighbours or others.")
    tie: str = Field(description="What ties the two, in words.")
    who: str = Field(description="Who that is: class, registration, income and place at home, or its kind.")


class Group(Answer):
    """Those tied in one way."""

    group: str
    shown: int = Field(description="How many are shown.")
    all: int = Field(description="How many there are.")


class Travelled(Answer):
    """An entry about one that has led to an entry about another."""

    day: int = Field(description="Day of the second entry.")
    source: int = Field(description="Place of whom it came from among those near.")
    target: int = Field(description="Place of whom it came to.")
    id: str = Field(description="The entry that it came as.")
    says: str = Field(description="The same in a sentence.")
    points: float
    wrongful: bool = Field(description="Whether it should not be there.")


class NearWorld(Answer):
    """Those near a life in one world.

    A code is that of the field of people: 0 a child or somebody dead, 1 to 8 a band, the highest first, 9 an
    adult in a world without bands; 16 more for somebody under a sanction.
    """

    name: str
    bands: tuple[str, ...] = Field(description="Titles of its bands, the highest first.")
    colours: tuple[str, ...] = Field(description="Their colours.")
    codes: tuple[tuple[tuple[int, int], ...], ...] = Field(
        description="Of each one near: days and the code from that day on; nothing for what is no person."
    )
    travelled: tuple[Travelled, ...] = Field(description="What came to or from them in this life, in order.")
    left_out: int = Field(description="Such entries beyond those that are sent.")


class Ties(Answer):
    """A life among those near it, in every world of its run."""

    subject: str
    start: str = Field(description="Date of day 0.")
    days: int
    near: tuple[Near, ...]
    groups: tuple[Group, ...]
    worlds: tuple[NearWorld, ...] = Field(description="The world that is looked at, then its twin.")
