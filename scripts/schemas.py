"""Write the JSON Schemas of regime and society files beside their types, for editors.

A test keeps them equal to the types. After a change of a type, run

    python scripts/schemas.py
"""

from __future__ import annotations


def write() -> None:
    """Write both schemas."""
    from demerit.files.schema import schema_file, schema_text
    from demerit.regime.load import KIND as REGIMES
    from demerit.society.load import KIND as SOCIETIES

    for kind in (REGIMES, SOCIETIES):
        schema_file(kind).write_text(schema_text(kind), encoding="utf-8")
        print(schema_file(kind).name)


if __name__ == "__main__":
    write()
