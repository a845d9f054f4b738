"""The commands of the Makefile: build benches and sites in a cache folder; run the demo, the tests and the checks.

Standard library only, Python 3.10 or newer, because the tool runs before anything is installed. Modules that only
decide (platforms, versions, suites, results, …) import nothing with side effects, so their tests need no platform.
"""
