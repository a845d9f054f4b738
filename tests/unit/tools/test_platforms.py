"""The table of platforms, and the key by which a bench is rebuilt."""

from itertools import pairwise

import pytest

from tools import platforms
from tools.platforms import PLATFORMS

NO_ENV: dict[str, str] = {}


def test_there_are_four_platforms():
	assert list(PLATFORMS) == ["v16", "v15-erpnext", "v16-erpnext", "v15-postgres"]
	assert platforms.DEFAULT == "v16"


def test_every_platform_starts_with_frappe():
	assert all(platform.frappe.app == "frappe" for platform in PLATFORMS.values())


def test_no_two_platforms_share_a_port():
	firsts = sorted(platform.first_port for platform in PLATFORMS.values())
	assert all(later - earlier >= 100 for earlier, later in pairwise(firsts))


def test_an_unknown_platform_is_refused_with_the_known_names():
	with pytest.raises(ValueError, match=r"'v14'.*v16, v15-erpnext"):
		platforms.named("v14")


def test_sources_are_upstream_unless_the_environment_names_another():
	frappe = PLATFORMS["v16"].frappe
	assert frappe.at(NO_ENV) == "https://github.com/frappe/frappe"
	mirror = "https://mirror.example/frappe.git"
	assert frappe.at({"FRAPPE_REPO": mirror}) == mirror
	assert frappe.at({"FRAPPE_REPO": " "}) == "https://github.com/frappe/frappe"
	assert frappe.at({"FRAPPE_REPO": "/srv/git/frappe.git"}) == "file:///srv/git/frappe.git"


def test_only_frappe_crm_is_optional():
	sources = [source for platform in PLATFORMS.values() for source in platform.sources]
	assert {source.app for source in sources if source.optional} == {"crm"}


def test_the_key_changes_only_with_the_platforms_own_sources():
	plain = platforms.key(PLATFORMS["v16"], NO_ENV)
	assert plain == platforms.key(PLATFORMS["v16"], {"ERPNEXT_REPO": "https://mirror.example/erpnext"})
	assert plain != platforms.key(PLATFORMS["v16"], {"FRAPPE_REPO": "https://mirror.example/frappe"})
	assert len({platforms.key(platform, NO_ENV) for platform in PLATFORMS.values()}) == len(PLATFORMS)
