"""Tests without Frappe, bench and site: plain Python, pytest, hypothesis and phonenumbers."""

import sys
from pathlib import Path

# pure modules are imported from the checkout, even if the app is not installed
sys.path.insert(0, str(Path(__file__).parents[2]))
