"""Platform-free tests: plain Python, pytest, hypothesis and phonenumbers; no Frappe, no bench, no site."""

import sys
from pathlib import Path

# the pure modules are imported from the checkout, installed or not
sys.path.insert(0, str(Path(__file__).parents[2]))
