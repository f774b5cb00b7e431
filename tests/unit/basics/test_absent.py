"""A library is imported without another, which is there as before afterwards."""

from __future__ import annotations

import importlib
import json
import sys

import pytest

from thongthin.basics.absent import without


def test_what_is_left_out_is_not_found_while_others_are_imported_and_is_found_afterwards() -> None:
    sys.modules.pop("colorsys", None)
    with without("colorsys"), pytest.raises(ImportError):
        importlib.import_module("colorsys")
    assert importlib.import_module("colorsys").rgb_to_hsv


def test_what_is_imported_already_stays() -> None:
    with without("json"):
        assert importlib.import_module("json") is json
    assert sys.modules["json"] is json
