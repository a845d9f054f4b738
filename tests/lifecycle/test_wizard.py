"""If the setup wizard fails on a new site, the tool exits with the error and the path of the log."""

import pytest

from tests.lifecycle.conftest import HAS_CRM

# the wizard runs on the site of test_later_app, the only new site of the suite
pytestmark = pytest.mark.skipif(not HAS_CRM, reason="needs Frappe CRM")

ERROR = "LinkValidationError: Could not find Country: Atlantis"


def test_the_tool_exits_with_the_error_and_the_path_of_the_log(later):
	failed = later["wizard"]
	assert failed["status"] == 1
	assert f"The setup wizard failed: {ERROR}" in failed["errors"]
	assert failed["errors"].rstrip().endswith(f"Full log: {failed['log']}")


def test_the_log_has_the_traceback(later):
	log = later["wizard"]["log"].read_text(encoding="utf-8")
	assert "update_global_settings" in log
	assert ERROR in log
