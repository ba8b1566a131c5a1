"""JSON Schemas of input files, made from their types, for editors that complete and check."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from demerit.files.kind import Kind
from demerit.files.patching import Patch

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def schema(kind: Kind[Any]) -> dict[str, Any]:
    """Return the JSON Schema of a kind of file as it is written, before `extends` and patches.

    What a file leaves to the one it extends may be absent, so only ids are required here; `check` knows what
    is missing when all is put together.
    """
    found = kind.model.model_json_schema(by_alias=True, mode="validation")
    patch = Patch.model_json_schema(by_alias=True, mode="validation")
    found["properties"]["patch"] = {
        "type": "array",
        "items": {key: value for key, value in patch.items() if key != "$defs"},
        "description": "Changes by name to what this file extends.",
    }
    _relax(found)
    numbers: dict[str, Any] = {}
    found = _shared(found, numbers, bare=kind.bare_numbers)
    found["$defs"] |= numbers
    found["required"] = [kind.name]
    return {
        "$schema": DIALECT,
        "title": f"demerit {kind.name}",
        **{k: v for k, v in found.items() if k != "title"},
    }


def schema_file(kind: Kind[Any]) -> Path:
    """Return where the JSON Schema of a kind of file stands: beside its types."""
    return kind.presets.parent / f"{kind.name}.schema.json"


def schema_text(kind: Kind[Any]) -> str:
    """Return the JSON Schema as text; the file beside the types holds the same."""
    return json.dumps(schema(kind), indent=1, ensure_ascii=False) + "\n"


def _shared(value: Any, numbers: dict[str, Any], *, bare: bool) -> Any:
    """Define each shape of number once and refer to it; bare numbers only where the kind has them."""
    if isinstance(value, list):
        return [_shared(inner, numbers, bare=bare) for inner in value]
    if not isinstance(value, dict):
        return value
    if "anyOf" in value and value["anyOf"][0].get("x-unit"):
        plain, table = value["anyOf"]
        name = f"number in {plain.pop('x-unit')}"
        name += "".join(f", {word} {plain[key]:g}" for word, key in _ENDS if key in plain)
        numbers[name] = {"anyOf": [plain, table]} if bare else table
        rest = {key: inner for key, inner in value.items() if key != "anyOf"}
        return {"$ref": "#/$defs/" + name.replace("/", "~1"), **rest}
    return {key: _shared(inner, numbers, bare=bare) for key, inner in value.items()}


_ENDS: Final = (("at least", "minimum"), ("at most", "maximum"))


def _relax(value: Any) -> None:
    """Keep of what is required only the ids, and drop the titles that repeat the key."""
    if isinstance(value, dict):
        required = value.get("required")
        if isinstance(required, list) and "basis" not in required:
            value["required"] = [name for name in required if name in ("id", "op", "at", "reason", "patch")]
            if not value["required"]:
                del value["required"]
        if isinstance(value.get("title"), str):
            del value["title"]
        if "anyOf" in value:  # a file leaves an entry out; it cannot write that there is none
            value["anyOf"] = [one for one in value["anyOf"] if one != {"type": "null"}]
            if value.get("default", ...) is None:
                del value["default"]
            if len(value["anyOf"]) == 1:
                value |= value.pop("anyOf")[0]
        for inner in value.values():
            _relax(inner)
    elif isinstance(value, list):
        for inner in value:
            _relax(inner)
