"""A slow second engine for institutions, written from `docs/institutions.md`: one subject and one rule at a time."""
