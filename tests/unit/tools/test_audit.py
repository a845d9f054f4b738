import json

import pytest

from tools import audit

FOUND = {"id": "PYSEC-2026-1", "description": "A calendar\n that never ends", "fix_versions": []}


def _report(**package):
	found = {"name": "icalendar", "version": "6.1.0", **package}
	return audit.read_report(json.dumps({"dependencies": [found]}))


def test_a_finding_has_its_package_id_and_description():
	found = _report(vulns=[FOUND]).found
	assert found == [("icalendar 6.1.0", "PYSEC-2026-1", "A calendar that never ends")]


def test_a_failed_look_up_is_reported_as_skipped():
	report = _report(skip_reason="Dependency not found on PyPI and could not be audited: icalendar (6.1.0)")
	assert not report.found
	assert len(report.skipped) == 1


def test_a_package_without_vulnerabilities_has_no_finding():
	report = _report(vulns=[])
	assert (report.found, report.skipped) == ([], [])


def test_an_exception_without_a_reason_is_refused():
	reason = "only in files that the app doesn't read"
	assert audit.exceptions(f"# why\n\nPYSEC-2026-1 {reason}\n") == {"PYSEC-2026-1": reason}
	with pytest.raises(ValueError, match="no reason"):
		audit.exceptions("PYSEC-2026-1\n")


def test_the_file_of_exceptions_is_valid():
	audit.exceptions(audit.EXCEPTIONS.read_text(encoding="utf-8"))


@pytest.mark.parametrize("in_ci, asked", [(False, 1), (True, 3)])
def test_an_unreachable_service_fails_no_check_and_ci_retries(in_ci, asked, monkeypatch, capsys, tmp_path):
	calls = []
	monkeypatch.setattr(audit, "_unreachable", lambda: calls.append(1) or "no answer")
	monkeypatch.setattr(audit, "STAMP", tmp_path / "done")
	monkeypatch.setattr(audit.time, "sleep", lambda seconds: None)
	monkeypatch.setenv("CI", "true" if in_ci else "")
	assert audit.audit() is False
	assert len(calls) == asked
	assert "NOT DONE" in capsys.readouterr().out
	assert not audit.STAMP.exists()


@pytest.mark.parametrize("reason, fails", [("", True), ("PYSEC-2026-1 the app reads no such files", False)])
def test_a_finding_fails_unless_an_exception_has_a_reason(reason, fails, monkeypatch, tmp_path, capsys):
	known = tmp_path / "exceptions.txt"
	known.write_text(reason)
	monkeypatch.setattr(audit, "EXCEPTIONS", known)
	monkeypatch.setattr(audit, "STAMP", tmp_path / "done")
	monkeypatch.setattr(audit, "_ask", lambda: _report(vulns=[FOUND]))
	assert audit.audit() is fails
	assert ("PYSEC-2026-1" in capsys.readouterr().out) is fails
