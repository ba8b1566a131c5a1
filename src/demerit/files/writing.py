"""Write plain data as TOML."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final

_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def inline(value: Any) -> str:
    """Write a value on one line; a date, which plain data holds as a text, becomes one again.

    >>> inline({"value": 0.5, "basis": "law", "range": [0, 1]})
    '{ value = 0.5, basis = "law", range = [0, 1] }'
    >>> inline("2018-01-01"), inline('say "no"')
    ('2018-01-01', '"say \\\\"no\\\\""')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        whole = value.is_integer() and abs(value) < 1e15
        return str(int(value)) if whole else repr(value)
    if isinstance(value, Mapping):
        inner = ", ".join(f"{key_text(key)} = {inline(one)}" for key, one in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(inline(one) for one in value)}]"
    text = str(value)
    return text if _DATE.fullmatch(text) else quoted_text(text)


def quoted_text(text: str) -> str:
    """Write a text in quotes, everything that TOML does not allow there escaped."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def key_text(key: str) -> str:
    """Write a key, in quotes where it needs them."""
    return key if _BARE.fullmatch(key) else quoted_text(key)


def array_item(section: str, item: Mapping[str, Any]) -> str:
    """Write one item of a list section.

    >>> print(array_item("patch", {"op": "set", "at": "score.base", "value": 900}))
    [[patch]]
    op = "set"
    at = "score.base"
    value = 900
    """
    return "\n".join([f"[[{section}]]", *(f"{key_text(key)} = {inline(one)}" for key, one in item.items())])


def whole(data: Mapping[str, Any]) -> str:
    """Write canonical data as a file of their own, which loads to the same rules.

    >>> print(whole({"regime": {"id": "two"}, "patch": [{"op": "drop"}, {"op": "set"}]}), end="")
    [regime]
    id = "two"
    <BLANKLINE>
    [[patch]]
    op = "drop"
    <BLANKLINE>
    [[patch]]
    op = "set"
    """
    parts = []
    for name, value in data.items():
        if isinstance(value, Mapping):
            rows = (f"{key_text(key)} = {inline(one)}" for key, one in value.items())
            parts.append("\n".join([f"[{key_text(name)}]", *rows]))
        else:
            parts += [array_item(name, one) for one in value]
    return "\n\n".join(parts) + "\n"
