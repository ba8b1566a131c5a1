# Each target sets up what it needs: an environment of its own in .venv, with pinned packages.
PYTHON ?=
VENV := .venv
BIN := $(VENV)/bin

# Nothing is written outside the project and the home folder.
export TMPDIR := $(CURDIR)/.cache/tmp
# The theme advertises its successor on every build.
export NO_MKDOCS_2_WARNING := 1

.PHONY: help demo test browser-test screenshots bench verification reads soak fuzz docs clean run-environment dev-environment
.DEFAULT_GOAL := help

help:
	@echo 'make demo    run the main job: the essay regime and its twin world, 20,000 people, ten years'
	@echo 'make test    format, lint, types, import direction, tests and examples'
	@echo 'make browser-test   open and use every view of the explorer in Chromium'
	@echo 'make screenshots    write pictures of every view into docs/images/explorer'
	@echo 'make bench   measure speed and memory; raw files go to benchmarks/raw'
	@echo 'make verification   hold the engine against published figures; a quarter of an hour'
	@echo 'make reads          whom each number of the essay touches, and who lives otherwise; ten minutes'
	@echo 'make soak    kill, fill, spoil and crowd runs, hundreds of times; three quarters of an hour'
	@echo 'make fuzz    a million hostile inputs for everything that is read; ten minutes'
	@echo 'make docs    build the documentation into site/'
	@echo 'make clean   remove caches and built files (runs/ and .venv/ stay)'

run-environment:
	@PYTHON='$(PYTHON)' sh scripts/environment.sh run

dev-environment:
	@PYTHON='$(PYTHON)' sh scripts/environment.sh dev

demo: run-environment
	@$(BIN)/demerit run

test: dev-environment
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@# one core compiles what the tests run while the other looks at the rest
	@$(BIN)/python scripts/compile.py & compiling=$$!; \
	$(BIN)/mypy && $(BIN)/lint-imports --no-logo && $(BIN)/mkdocs build --strict --quiet --site-dir .cache/site; \
	checked=$$?; wait $$compiling && exit $$checked
	@$(BIN)/pytest --numprocesses auto --maxprocesses 4 --dist loadfile

# A browser that is missing is installed from the distribution's packages, or the target fails.
browser-test: dev-environment
	@CHROMIUM="$$(sh scripts/chromium.sh)" && export CHROMIUM && $(BIN)/pytest tests/browser --import-mode=importlib -p no:xdist

screenshots: dev-environment
	@CHROMIUM="$$(sh scripts/chromium.sh)" && export CHROMIUM && $(BIN)/python scripts/screenshots.py

bench: run-environment
	@for name in bench mechanisms memory ledger start study figures; do PYTHONPATH=. $(BIN)/python benchmarks/$$name.py || exit 1; done

verification: run-environment
	@$(BIN)/python -m verification.defaulters; first=$$?; $(BIN)/python -m verification.points_licence && exit $$first

reads: run-environment
	@$(BIN)/python -m verification.reads

soak: run-environment
	@$(BIN)/python -m verification.faults

fuzz: dev-environment
	@$(BIN)/python -m pip --quiet --disable-pip-version-check install --no-deps --requirement requirements/fuzz.txt
	@$(BIN)/python -m verification.hostile

docs: dev-environment
	@$(BIN)/mkdocs build --strict --quiet

clean:
	@rm -rf .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache site dist build
	@find src tests docs scripts benchmarks verification -type d -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true
