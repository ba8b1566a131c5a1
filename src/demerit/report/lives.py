"""A life from Python: its entries, trees of causes, why not, what if not, and its picture."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from demerit.explain.answers import Answer
from demerit.explain.lives import COLUMNS, Life, life_of
from demerit.explain.source import open_world
from demerit.explain.why import why_not
from demerit.explain.without import without
from demerit.report.explained import cause_tree, heading, life_page, page
from demerit.report.progress import Progress

if TYPE_CHECKING:
    import polars as pl
    from rich.console import RenderableType

    from demerit.study.run import Watch

_WIDTH = 120


class Shown:
    """An answer that shows itself as in a terminal, with what it holds as plain data.

    Attributes:
        data: the answer as plain data.
    """

    def __init__(self, parts: Iterable[RenderableType], data: Any) -> None:
        self._parts = list(parts)
        self.data = data

    def __repr__(self) -> str:
        from rich.console import Console

        text = io.StringIO()
        console = Console(
            file=text, width=_WIDTH, color_system=None, force_jupyter=False, highlight=False, markup=False
        )
        for part in self._parts:
            console.print(part)
        return "\n".join(line.rstrip() for line in text.getvalue().splitlines())


class ToldLife(Shown):
    """A life in a finished run or comparison; it shows itself as ``demerit explain`` does.

    Attributes:
        life: the life as explanations hold it; name: how people write the subject.
        data: the life as plain data.
    """

    def __init__(self, life: Life) -> None:
        super().__init__([heading(life), *life_page(life)], Answer(life).as_plain())
        self.life = life
        self.name = life.name

    def entries(self) -> pl.DataFrame:
        """Return the entries of the life in order, a row each, with titles and authorities."""
        import polars as pl

        numbers = {"id": pl.Int64, "cause": pl.Int64, "points": pl.Float64, "amount_cny": pl.Float64}
        schema = {name: numbers.get(name, pl.Int64 if name == "depth" else pl.String) for name in COLUMNS}
        return pl.DataFrame(self.data["entries"], schema=schema, orient="row")

    def record(self, identity: int) -> Shown:
        """Return one entry unfolded: what led to it, and everything that it led to.

        Raises:
            UsageError: this life has no such entry.
        """
        self.life.record(identity)
        answer = Answer(self.life, record=identity)
        return Shown(page(answer), answer.as_plain()["record"])

    def tree(self) -> Shown:
        """Return everything in the life under what it began with, whoever that happened to."""
        roots = [root["id"] for root in self.life.roots()]
        trees = [[{**self.life.entry(link.entry), "level": link.depth} for link in self.life.tree(root)]
                 for root in roots]  # fmt: skip
        return Shown((cause_tree(self.life, root) for root in roots), trees)

    def why_not(self, sanction: str) -> Shown:
        """Return why a sanction or reward is in force or not, when time ends it, and the roads out.

        Raises:
            UsageError: there is no such sanction for this kind of subject.
        """
        answer = Answer(self.life, why=why_not(self.life, sanction, _begin))
        return Shown(page(answer), answer.as_plain()["why_not"])

    def without(self, rule: str) -> Shown:
        """Return the life beside itself in the same world lived again without a rule.

        Args:
            rule: as ``chain:driver-to-vehicle``, or a section such as ``screens``.

        Raises:
            UsageError: there is no such rule, or the rules cannot stand without it.
        """
        answer = Answer(self.life, but_for=without(self.life, rule, _begin))
        return Shown(page(answer), answer.as_plain()["without"])

    def plot(self) -> Any:
        """Return a chart (Altair): every score over time, its edges, and the entries that have moved it."""
        from demerit.report.life_chart import life_chart

        return life_chart(self.life)


def told_life(folder: Path, subject: int | str, world: str | None, seed: int | None = None) -> ToldLife:
    """Return a life of a finished run or comparison; a world without a full ledger is lived again first."""
    return ToldLife(life_of(open_world(folder, world, _begin, seed), subject))


def _begin() -> Watch | None:
    """Compile with a word about it on standard error, and tell nothing of the days."""
    with Progress(quiet=True) as progress:
        progress.compile()
    return None
