"""Commands that fail, daemons, ports, locks, fingerprints and the cache folder."""

import socket
import sys
import time
from pathlib import Path

import pytest

from tools import daemons, link, lock, paths, run
from tools.say import Failure


def test_the_users_settings_determine_the_cache_folder(tmp_path):
	assert paths.cache_folder({}, Path("/home/ana")) == Path("/home/ana/.cache/crm-interactions")
	assert paths.cache_folder({"XDG_CACHE_HOME": "/x"}, Path("/home/ana")) == Path("/x/crm-interactions")
	own = {"CRM_INTERACTIONS_CACHE": str(tmp_path), "XDG_CACHE_HOME": "/x"}
	assert paths.cache_folder(own, Path("/home/ana")) == tmp_path


def test_a_failed_command_shows_its_own_last_lines_and_the_log(tmp_path):
	log = tmp_path / "some.log"
	log.write_text("of an earlier command\n")
	script = "import sys; print('why it failed'); sys.exit(3)"
	with pytest.raises(Failure) as failure:
		run.logged([sys.executable, "-c", script], log, what="The thing")
	for text in ("The thing failed with exit code 3", "why it failed", str(log)):
		assert text in str(failure.value)
	assert "of an earlier command" not in str(failure.value)


def test_a_missing_command_is_reported_in_a_sentence(tmp_path):
	with pytest.raises(Failure, match="can't be started"):
		run.logged(["/nonexistent/command"], tmp_path / "log")


def test_a_progress_bar_is_one_line_of_a_tail():
	output = "start\n" + "".join(f"{percent}%\r" for percent in range(100)) + "100%\nend\n"
	assert run.tail(output) == ["start", "100%", "end"]


def test_the_answer_is_none_for_a_missing_failed_or_slow_command():
	assert run.answer(["/nonexistent/command"]) is None
	assert run.answer([sys.executable, "-c", "raise SystemExit(1)"]) is None
	assert run.answer([sys.executable, "-c", "import time; time.sleep(9)"], timeout=0.2) is None
	assert run.answer([sys.executable, "-c", "print(' yes ')"]) == "yes"


def test_stop_ends_a_process_with_its_children(tmp_path):
	child = tmp_path / "child"
	script = f"import subprocess, time; p = subprocess.Popen(['sleep', '60']); open({str(child)!r}, 'w').write(str(p.pid)); time.sleep(60)"
	process = run.background([sys.executable, "-c", script], tmp_path / "log")
	_until(lambda: child.exists() and child.read_text())
	run.stop(process)
	assert process.poll() is not None
	_until(lambda: not daemons._started(int(child.read_text())))


def test_a_daemon_is_found_by_its_pid_file_and_stopped(tmp_path):
	first = daemons.Daemon("sleeper", tmp_path / "run", tmp_path / "logs")
	first.start(["sleep", "60"], ready=lambda: True)
	again = daemons.Daemon("sleeper", tmp_path / "run", tmp_path / "logs")
	assert again.running()
	again.stop()
	assert not first.running()


def test_a_reused_pid_is_not_the_daemon(tmp_path):
	daemon = daemons.Daemon("gone", tmp_path, tmp_path)
	daemon.pid_file.write_text("1 0")
	assert not daemon.running()
	daemon.stop()


def test_a_daemon_that_fails_to_start_shows_its_error(tmp_path):
	daemon = daemons.Daemon("broken", tmp_path / "run", tmp_path / "logs")
	with pytest.raises(Failure, match="no such option"):
		daemon.start([sys.executable, "-c", "raise SystemExit('no such option')"], ready=lambda: False)
	assert not daemon.running()


def test_a_taken_port_is_replaced_by_a_free_one():
	with socket.socket() as server:
		server.bind(("127.0.0.1", 0))
		server.listen()
		taken = server.getsockname()[1]
		assert daemons.port_answers(taken)
		assert daemons.free_port(taken) != taken
	assert daemons.free_port(taken) == taken


def test_the_last_holder_of_a_shared_lock_can_take_it_exclusively(tmp_path):
	first, second = lock.Lock(tmp_path / "use"), lock.Lock(tmp_path / "use")
	first.shared()
	second.shared()
	assert not first.try_exclusive()
	first.close()
	assert second.try_exclusive()


def test_a_fingerprint_depends_on_contents_names_and_the_checkout(tmp_path):
	one, two = tmp_path / "one", tmp_path / "two"
	one.write_text("a")
	before = link.fingerprint([one])
	assert link.fingerprint([one]) == before
	assert link.fingerprint([one], salt="another clone") != before
	one.write_text("b")
	assert link.fingerprint([one]) != before
	two.write_text("b")
	assert link.fingerprint([one]) != link.fingerprint([two])


def _until(condition, seconds=10):
	deadline = time.monotonic() + seconds
	while time.monotonic() < deadline:
		if condition():
			return
		time.sleep(0.05)
	raise AssertionError(f"The condition was not met within {seconds} seconds.")
