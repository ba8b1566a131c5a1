"""Describe a regime that only patches another: each change of a rule, and the reason for it."""

from __future__ import annotations

from collections.abc import Sequence

from demerit.files.difference import Difference, differences
from demerit.files.inventory import evidence_line
from demerit.files.layout import part, wrapped
from demerit.files.patching import Change
from demerit.files.saying import moved
from demerit.regime.describe import opening
from demerit.regime.direction import direction
from demerit.regime.load import Regime


def describe_reform(regime: Regime, base: Regime, patches: Sequence[Change]) -> str:
    """Write what a regime changes of the one that it patches as plain text for people."""
    found = differences(base.canonical(), regime.canonical())
    changes = [line for one in patches for line in wrapped(f"  {one.at}: {_said(one, found)}", 6)]
    title = f"What it changes of {base.id}; all else is shown by `demerit regime show {base.id}`"
    return "\n".join([*opening(regime), *part(title, changes), "", evidence_line(regime.data)])


def _said(patch: Change, found: Sequence[Difference]) -> str:
    """Say what a patch does: the entry it names, or the names of those below it; and why."""
    here = [one for one in found if one.at == patch.at]
    below = [one for one in found if one.at.startswith(f"{patch.at}.")]
    if here:
        told = moved(here[0], direction)
    elif below:
        told = f"{below[0].sort}: {', '.join('.'.join(one.names[1:]) for one in below)}"
    else:
        told = "as before"
    return f"{told}. {patch.reason}"
