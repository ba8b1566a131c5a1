"""A slow second engine for institutions, written from the page about them: one subject at a time."""
