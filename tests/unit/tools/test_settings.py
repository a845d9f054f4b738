"""Settings of `make test PLATFORM=… ONLY=… ARGS=…`."""

import pytest

from tools import settings


def test_defaults():
	read = settings.read({})
	assert (read.platform.name, read.only, read.arguments, read.port) == ("v16", "", (), 0)
	assert (read.fresh, read.require_site) == (False, False)


def test_a_command_may_have_its_own_default_platform():
	assert settings.read({}, "v15-erpnext").platform.name == "v15-erpnext"
	assert settings.read({"PLATFORM": "v16"}, "v15-erpnext").platform.name == "v16"


def test_arguments_are_split_as_in_a_shell():
	assert settings.read({"ARGS": "-k 'join or split' -x"}).arguments == ("-k", "join or split", "-x")


@pytest.mark.parametrize("value, on", [("1", True), ("yes", True), ("0", False), ("", False), ("No", False)])
def test_flags(value, on):
	assert settings.read({"REQUIRE_SITE": value}).require_site is on


@pytest.mark.parametrize("port", ["web", "0", "70000", "-1"])
def test_an_invalid_port_is_refused(port):
	with pytest.raises(ValueError, match="a number from 1 to 65535"):
		settings.read({"PORT": port})


def test_the_tier_and_skipped_suites():
	for values, expected in (({}, (False, "")), ({"FULL": "1", "SKIP": " unit "}, (True, "unit"))):
		read = settings.read(values)
		assert (read.full, read.skip) == expected
