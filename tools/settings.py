"""Settings from make's command line (`PLATFORM=…`, `ONLY=…`), read from the environment. Pure."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass

from tools import platforms
from tools.platforms import Platform

NO = ("", "0", "no", "false")


@dataclass(frozen=True)
class Settings:
	"""One field for each variable that the commands read."""

	platform: Platform
	only: str = ""
	skip: str = ""
	full: bool = False
	arguments: tuple[str, ...] = ()
	fresh: bool = False
	require_site: bool = False
	port: int = 0
	site: str = ""
	summary: str = ""


def read(env: Mapping[str, str], default_platform: str = platforms.DEFAULT) -> Settings:
	"""Read the settings; raise ValueError for an invalid PLATFORM, PORT or ARGS."""
	port = env.get("PORT", "").strip()
	if port and not (port.isdigit() and 0 < int(port) < 65536):
		raise ValueError(f"PORT is {port!r}. Set it to a number from 1 to 65535.")
	return Settings(
		platform=platforms.named(env.get("PLATFORM", "").strip() or default_platform),
		only=env.get("ONLY", "").strip(),
		skip=env.get("SKIP", "").strip(),
		full=_flag(env.get("FULL", "")),
		arguments=tuple(shlex.split(env.get("ARGS", ""))),
		fresh=_flag(env.get("FRESH", "")),
		require_site=_flag(env.get("REQUIRE_SITE", "")),
		port=int(port or 0),
		site=env.get("SITE", "").strip(),
		summary=env.get("CRM_TEST_SUMMARY", ""),
	)


def _flag(value: str) -> bool:
	return value.strip().lower() not in NO
