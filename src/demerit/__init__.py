"""Simulate a social-credit regime on a synthetic society, next to a twin world under ordinary law."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from demerit.errors import DemeritError
    from demerit.regime import Regime
    from demerit.report.notebook import compare, hold_claims, life, simulate
    from demerit.society import Society

__all__ = ["DemeritError", "Regime", "Society", "__version__", "compare", "hold_claims", "life", "simulate"]

_HOMES = {
    "DemeritError": "demerit.errors",
    "Regime": "demerit.regime",
    "Society": "demerit.society",
    "compare": "demerit.report.notebook",
    "hold_claims": "demerit.report.notebook",
    "life": "demerit.report.notebook",
    "simulate": "demerit.report.notebook",
}
"""Where the public names live."""


def __getattr__(name: str) -> Any:
    """Load a public name when it is asked for, so that importing the package costs nothing.

    >>> import demerit
    >>> demerit.Regime.load("ordinary-law").id
    'ordinary-law'
    """
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    if name == "__version__":
        from importlib.metadata import version

        return version("demerit")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
