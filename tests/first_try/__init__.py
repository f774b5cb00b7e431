"""Whole studies in the shape in which people bring them, and what a person types to build them."""
