"""Capture: mail, calls and text messages become interactions without typing (R28, B10)."""
