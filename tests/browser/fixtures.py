"""Fixtures of users and partners for the tests of one module: `employee = user_fixture("ana@example.com", "Ana")`."""

import pytest

EMPLOYEE, MANAGER = ("Interaction User", "Sales User"), ("Interaction Manager", "Sales User")
ADMINISTRATOR = (*MANAGER, "System Manager")


def user_fixture(email: str, first_name: str, roles: tuple[str, ...] = EMPLOYEE):
	"""Return a fixture with the address of a user who can log in."""

	@pytest.fixture(scope="module")
	def user(site) -> str:
		return site.user(email, first_name, *roles)

	return user


def party_fixture(name: str, *contact: str):
	"""Return a fixture with a partner as fields of an activity, and a contact by first name and number if given."""

	@pytest.fixture(scope="module")
	def party(site) -> dict:
		return site.party(name, *contact)

	return party
