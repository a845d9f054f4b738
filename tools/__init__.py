"""The two commands: makes benches and sites in a cache folder, runs the demo, the tests and the checks.

Standard library only, Python 3.10 or newer: this is what runs before anything is installed. Modules that decide
(platforms, versions, plan, results, …) import nothing that acts, so that their tests need no platform.
"""
