"""Shared by the unit tests: the source tree as data, and the rules that it must follow.

Each rule is a function that yields one message for each breach. A test names the rule and the files, and
`test_*_bite.py` shows that each rule detects a broken example.
"""
