"""Options that several commands have, each written once."""

from __future__ import annotations

from typing import Annotated

import typer

Society = Annotated[str, typer.Option(help="Preset or file of the society.")]
Population = Annotated[int | None, typer.Option(help="People; the society's own number by default.")]
Years = Annotated[int, typer.Option(help="Calendar years.")]
FirstSeed = Annotated[int, typer.Option(help="The first seed; the others follow it.")]
Start = Annotated[str, typer.Option(help="First day, as 2014-01-01.")]
Workers = Annotated[int | None, typer.Option(help="Worlds side by side; one a core by default.")]
Out = Annotated[str | None, typer.Option(help="Folder; a new one under runs by default.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="No progress and no tables.")]
