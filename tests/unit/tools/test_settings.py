"""What stands behind `make test PLATFORM=… ONLY=… ARGS=…`."""

import pytest

from tools import settings


def test_nothing_said():
	told = settings.read({})
	assert (told.platform.name, told.only, told.arguments, told.fresh, told.require_site, told.port) == (
		"v16",
		"",
		(),
		False,
		False,
		0,
	)


def test_a_command_has_a_default_platform_of_its_own():
	assert settings.read({}, "v15-erpnext").platform.name == "v15-erpnext"
	assert settings.read({"PLATFORM": "v16"}, "v15-erpnext").platform.name == "v16"


def test_arguments_are_split_as_a_shell_would():
	assert settings.read({"ARGS": "-k 'join or split' -x"}).arguments == ("-k", "join or split", "-x")


@pytest.mark.parametrize("value, on", [("1", True), ("yes", True), ("0", False), ("", False), ("No", False)])
def test_switches(value, on):
	assert settings.read({"REQUIRE_SITE": value}).require_site is on


@pytest.mark.parametrize("port", ["web", "0", "70000", "-1"])
def test_a_port_that_is_none(port):
	with pytest.raises(ValueError, match="PORT is a number"):
		settings.read({"PORT": port})


def test_the_tier_and_what_to_skip():
	told = settings.read({})
	assert (told.full, told.skip) == (False, "")
	told = settings.read({"FULL": "1", "SKIP": " unit "})
	assert (told.full, told.skip) == (True, "unit")
