"""`make benchmark`: run every benchmarks/bench_*.py in the bench's Python, all on one new site."""

from tools import ready, run, sites
from tools.lock import held
from tools.paths import CHECKOUT
from tools.say import line
from tools.services import BENCHMARK_JOBS
from tools.settings import Settings

DEFAULT_PLATFORM = "v15-erpnext"
SITE = "benchmark.localhost"
CONFIG = {"allow_tests": True, "developer_mode": 0, "disable_scheduler": 1, "mute_emails": 1}


def main(settings: Settings) -> int:
	scripts = sorted((CHECKOUT / "benchmarks").glob("bench_*.py"))
	if settings.only:
		scripts = [script for script in scripts if settings.only in script.stem]
	if not scripts:
		line("No benchmarks/bench_*.py to run.")
		return 0
	bench = ready.ready_bench(settings.platform, fresh=settings.fresh)
	failed = []
	with (
		ready.ready_services(bench) as services,
		held(bench.places.locks / "benchmark", waiting="Waiting for another benchmark on this bench …"),
	):
		services.use_job_database(BENCHMARK_JOBS)
		sites.make(services, SITE, CONFIG)
		env = {
			**bench.env(),
			"CRM_SITE": SITE,
			"CRM_BENCH": str(bench.places.bench),
			"CRM_PLATFORM": bench.platform.name,
		}
		for script in scripts:
			line(f"\n── {script.stem} ──")
			if run.shown([bench.places.python, script, *settings.arguments], cwd=bench.places.sites, env=env):
				failed.append(script.stem)
		sites.drop(services, SITE)
	verdict = f"failed: {', '.join(failed)}" if failed else "all within their limits"
	line(f"\n{bench.platform.name}: {len(scripts)} benchmarks, {verdict}")
	return 1 if failed else 0
