"""Entry point for the Makefile: `python3 -m tools COMMAND`."""

import os
import signal
import sys

if sys.version_info < (3, 10):  # noqa: UP036  nothing is installed yet that could check the version
	sys.exit("Python 3.10 or newer is needed. Set PYTHON=/path/to/python3 to use another interpreter.")

from tools import platforms, run
from tools.commands import benchmark, demo, dev, lint, screenshots, summary, test
from tools.say import Failure, problem
from tools.settings import read

COMMANDS = {
	"bench": dev.bench,
	"benchmark": benchmark.main,
	"clean": dev.clean,
	"demo": demo.main,
	"dev": dev.dev,
	"format": lint.fix,
	"lint": lint.main,
	"packages": dev.packages,
	"screenshots": screenshots.main,
	"stop": dev.stop,
	"test": test.main,
}
INTERRUPTED = 130


def main(arguments: list[str]) -> int:
	if arguments[:1] == ["summary"]:
		return summary.main(arguments[1:])
	if len(arguments) != 1 or arguments[0] not in COMMANDS:
		problem(
			f"usage: python3 -m tools {{{','.join(COMMANDS)}}}, with settings such as PLATFORM=… in the environment"
		)
		return 2
	default = benchmark.DEFAULT_PLATFORM if arguments[0] == "benchmark" else platforms.DEFAULT
	for stream in (sys.stdout, sys.stderr):
		stream.reconfigure(errors="replace")
	# Every signal to end goes through `finally`, so that no process stays behind.
	for number in (signal.SIGTERM, signal.SIGHUP):
		signal.signal(number, _interrupt)
	try:
		return COMMANDS[arguments[0]](read(os.environ, default))
	except (Failure, ValueError) as error:
		problem(str(error))
		return 1
	except KeyboardInterrupt:
		problem("\nStopped.")
		return INTERRUPTED
	finally:
		run.stop_all()


def _interrupt(number: int, frame: object) -> None:
	raise KeyboardInterrupt


if __name__ == "__main__":
	sys.exit(main(sys.argv[1:]))
