"""Exports: the tables of `data/processed/` in the formats of other tools, as bytes that are the same every time."""
