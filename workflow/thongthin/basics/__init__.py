"""Texts, files and messages: what every room stands on."""
