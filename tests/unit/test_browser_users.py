"""Users of the browser tests, which share a site: a test finds a user by the first name, so each name occurs once."""

import re
from collections import Counter

from tests.unit.support.source import ROOT, read

USER = re.compile(r'user_fixture\(\s*"[^"]+",\s*"([^"]+)"')


def test_first_names_are_distinct():
	files = sorted((ROOT / "tests/browser").glob("test_*.py"))
	names = Counter(name for file in files for name in USER.findall(read(file)))
	assert names, "the pattern finds no user"
	assert not [name for name, number in names.items() if number > 1]
