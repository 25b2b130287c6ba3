"""Draws flow.py as SVG: the public map, the map of one case, and the whole machine for the documentation."""

from onboarding.flowchart.case import case_map
from onboarding.flowchart.front import front_map
from onboarding.flowchart.whole import whole_map

__all__ = ["case_map", "front_map", "whole_map"]
