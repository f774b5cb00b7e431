"""Sentences bound to conditions: what `claims.yml` says must hold, whether it does, and words made from data."""
