# Each target does its own set-up and is safe to repeat. The code is in tools/, the variables and results in
# docs/running.md.
PYTHON ?= python3
export PLATFORM ONLY SKIP FULL ARGS FRESH PORT SITE REQUIRE_SITE

.PHONY: help demo test lint format screenshots benchmark bench dev stop clean
help:
	@echo "make demo        a site with demo data on http://localhost:8000    FRESH=1 PORT=8000"
	@echo "make test        the tests, on new sites                           PLATFORM=v16|v15-erpnext|v16-erpnext|v15-postgres FULL=1"
	@echo "                                                                   ONLY=unit|site|browser|permissions|concurrency|lifecycle ARGS='-k name'"
	@echo "make lint        ruff, prettier, pip-audit; make format lets them change files"
	@echo "make screenshots the pictures of the documentation, from new demo data PLATFORM=v16"
	@echo "make benchmark   speed compared with Frappe without the app        PLATFORM=v15-erpnext"
	@echo "make bench       builds the bench and a site, starts no server     PLATFORM=v16 FRESH=1"
	@echo "make dev / stop  servers that keep running, for manual work        PLATFORM=v16 SITE=dev.localhost"
	@echo "make clean       removes the platform's bench and sites            PLATFORM=v16"

demo test lint format screenshots benchmark bench dev stop clean:
	@$(PYTHON) -m tools $@
