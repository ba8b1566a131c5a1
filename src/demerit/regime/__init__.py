"""Rules as data: types of a regime file, loading with good errors, description in words, and presets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from demerit.regime.load import PresetInfo, Regime, list_presets

__all__ = ["PresetInfo", "Regime", "list_presets"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from demerit.regime import load

        return getattr(load, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
