"""Simulate a social-credit regime on a synthetic society, next to a twin world under ordinary law."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from demerit.regime import Regime
    from demerit.society import Society

__all__ = ["Regime", "Society", "__version__"]


def __getattr__(name: str) -> Any:
    """Load a public name when it is asked for, so that importing the package costs nothing.

    >>> import demerit
    >>> demerit.Regime.load("ordinary-law").id
    'ordinary-law'
    """
    if name == "Regime":
        from demerit.regime import Regime

        return Regime
    if name == "Society":
        from demerit.society import Society

        return Society
    if name == "__version__":
        from importlib.metadata import version

        return version("demerit")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
