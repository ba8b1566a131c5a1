"""Types of the section of a society file about reporting: what it takes, and what it does between people."""

from __future__ import annotations

from typing import Annotated

from demerit.files.number import IncomeDays, Number, Probability, Quantity, Rate, Share, Years
from demerit.files.table import Table


class Reporting(Table):
    """Why people report each other, and what follows between them [F28].

    `effort_days` is the effort and fear of any report; `tie_` what reporting somebody of a circle costs
    besides, as long as trust in the circle is what it was at first. `duty` is the share of the felt harm of
    an act that its witness feels as a duty. Choices have a noise of `noise_days`. Who is reported loses
    `betrayal_` of the trust in the circle the report has come from, believes with `guesses` to know who it
    was, is right with `guesses_right`, and bears a grudge for `feud_years` with occasions at `feud_rate`.
    `women_meet` is how often women meet what is domestic, relative to men.
    """

    effort_days: IncomeDays
    tie_family_days: IncomeDays
    tie_friends_days: IncomeDays
    tie_neighbours_days: IncomeDays
    tie_colleagues_days: IncomeDays
    duty: Share
    noise_days: Annotated[Number, Quantity("days of income", 0.01, 1_000)]
    betrayal_family: Share
    betrayal_friends: Share
    betrayal_neighbours: Share
    betrayal_colleagues: Share
    guesses: Probability
    guesses_right: Probability
    feud_rate: Rate
    feud_years: Years
    women_meet: Share
