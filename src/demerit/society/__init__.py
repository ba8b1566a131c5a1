"""People as data: types of a society file, its loading and presets, and the generation of a world from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from demerit.society.load import PresetInfo, Society, list_presets

__all__ = ["PresetInfo", "Society", "list_presets"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from demerit.society import load

        return getattr(load, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
