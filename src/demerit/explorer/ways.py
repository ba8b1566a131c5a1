"""How to get the numbers of a view without the page: as a command and as Python, with public names only."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from pydantic import Field

from demerit.engine.disk import shown
from demerit.explorer.answer import Answer
from demerit.explorer.bases import Base, preset
from demerit.files.writing import whole
from demerit.regime.load import KIND
from demerit.society import Society
from demerit.society.load import KIND as SOCIETY

if TYPE_CHECKING:
    from demerit.explorer.shelf import Opened

_LAW = "ordinary-law"


class Ways(Answer):
    """The same numbers elsewhere; folders stand as they are written where the explorer was started."""

    cli: str = Field(description="A command for a terminal.")
    python: str = Field(description="A script.")


def ways_of_run(run: Opened) -> Ways:
    """Return how to get the indicators of a run: read from its folder, or lived again."""
    about, folder = run.manifest, shown(run.folder)
    worlds = [
        json.dumps(one.regime)
        if _is_preset(one.regime, one.regime_hash)
        else _from_manifest("Regime", f'["worlds"][{place}]')
        for place, one in enumerate(about.worlds)
    ]
    known = _society_hash(about.society.id) == about.society.hash
    people = (
        f"dm.Society.load({json.dumps(about.society.id)})"
        if known
        else _from_manifest("Society", '["society"]')
    )
    lines = [
        f'people = {people}.patched({{"society.population": {about.population}}})',
        f"done = dm.simulate(people, {worlds[0]}, against={worlds[1] if len(worlds) > 1 else None}, "
        f'years={round(about.years)}, seed={about.seed}, start="{about.start}")',
        "print(done.table())",
    ]
    return Ways(cli=f"demerit runs show {shlex.quote(folder)}", python=_script(lines, folder))


def ways_of_reform(
    base: Base, values: Mapping[str, float], *, society: str, people: int, years: int, seeds: int
) -> Ways:
    """Return how to compare a reform with its base and with ordinary law.

    Args:
        base: the regime that is reformed.
        values: new values by dotted name; none for no reform yet.
        society: id of a society; people, years, seeds: how many of each.
    """
    rules, steps, folder = base.id, [], ""
    load = f"dm.Regime.load({json.dumps(base.id)})"
    if base.folder is not None:
        folder, rules = shown(base.folder), "base.toml"
        steps.append(f"demerit runs rules {shlex.quote(folder)} --world {shlex.quote(base.world)} > {rules}")
        load = _from_manifest("Regime", f'["worlds"][{base.place}]')
    if values:
        steps.append(f"cat > reform.toml <<'END'\n{reform_file(rules, values)}END")
    compared = " ".join([rules, *(["reform.toml"] if values else []), _LAW])
    size = f"--society {society} --population {people} --years {years} --seeds {seeds}"
    worlds = ", ".join(["base", *(["reform"] if values else []), json.dumps(_LAW)])
    lines = [
        f"base = {load}",
        *([f"reform = base.patched({json.dumps(dict(values))})"] if values else []),
        f'people = dm.Society.load("{society}").patched({{"society.population": {people}}})',
        f"print(dm.compare(people, {worlds}, years={years}, seeds={seeds}).table())",
    ]
    return Ways(cli="\n".join([*steps, f"demerit compare {compared} {size}"]), python=_script(lines, folder))


def _is_preset(identity: str, told: str) -> bool:
    return identity in KIND.preset_ids() and preset(identity).regime.hash == told


@cache
def _society_hash(name: str) -> str:
    return Society.load(name).hash if name in SOCIETY.preset_ids() else ""


def _from_manifest(kind: str, place: str) -> str:
    """Return how a script makes a regime or society of what a manifest holds in full."""
    return f'dm.{kind}.from_canonical(told{place}["data"])'


def reform_file(extends: str, values: Mapping[str, float]) -> str:
    """Return a reform as a regime file that sets some values.

    Args:
        extends: id of a preset, or a file beside it; values: new values by dotted name.
    """
    head = {
        "id": "reform",
        "title": "Reform",
        "basis": "hypothetical",
        "schema_version": 1,
        "extends": extends,
    }
    patches = [
        {"op": "set", "at": at, "value": value, "reason": "tried in the explorer"}
        for at, value in values.items()
    ]
    return whole({"regime": head, "patch": patches})


def _script(lines: list[str], folder: str) -> str:
    """Return lines of Python with what they need: the package, and a run's manifest where they read one."""
    if not any("told[" in line for line in lines):
        return "\n".join(["import demerit as dm", "", *lines])
    read = f'told = json.loads(Path({json.dumps(folder)}, "manifest.json").read_text())'
    return "\n".join(
        ["import json", "from pathlib import Path", "", "import demerit as dm", "", read, *lines]
    )
