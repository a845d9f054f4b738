"""What the platform-free tests share: the tree as data, and the rules it is checked against.

Each rule is a function that yields one sentence for each breach, so that a test can name the file and the rule,
and the tests called `test_*_bite.py` can show that the rule sees a broken example.
"""
