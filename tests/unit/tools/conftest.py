import json
import sys

import pytest

from tools import run
from tools.bench import Bench
from tools.paths import Places
from tools.platforms import PLATFORMS

QUEUE = "redis://127.0.0.1:12345"


@pytest.fixture
def commands(monkeypatch):
	"""Return the list that records commands instead of running them."""
	ran = []
	monkeypatch.setattr(run, "logged", lambda command, log, **_: ran.append(command))
	return ran


@pytest.fixture
def bench(tmp_path, monkeypatch):
	"""Return a bench in a temporary folder, with the Python of these tests and the job databases of QUEUE."""
	# these tests may run with a separate job database themselves
	monkeypatch.delenv("FRAPPE_REDIS_QUEUE", raising=False)
	places = Places("v16", tmp_path)
	places.sites.mkdir(parents=True)
	(places.sites / "common_site_config.json").write_text(json.dumps({"redis_queue": QUEUE}))
	places.python.parent.mkdir(parents=True)
	places.python.symlink_to(sys.executable)
	return Bench(PLATFORMS["v16"], places, {"apps": ["frappe"]})
