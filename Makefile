# Two commands do everything: `make run` and `make test`. `make help` lists the rest.
SHELL := /bin/sh
UV := .tools/uv/bin/uv
BIN := .venv/bin
OUT ?= out/demo
LANGUAGE ?= en
WORKERS ?= 2
PYTEST := QT_QPA_PLATFORM=offscreen $(BIN)/pytest -q -n $(WORKERS) --dist loadscope --no-loadscope-reorder
SECONDS ?= 300
SEED ?= 1

.PHONY: run test coverage lint format bench fuzz assets i18n setup clean help

run: .venv/run.stamp ## Open the sample congress (walks the whole day by itself without a display)
	@$(BIN)/congress demo --lang $(LANGUAGE) --out $(OUT)

test: .venv/test.stamp lint ## Check the code, then run every test
	@$(PYTEST)

coverage: .venv/test.stamp ## Run every test and tell which lines none of them reached
	@$(PYTEST) --cov --cov-report=term:skip-covered --cov-fail-under=90

lint: .venv/run.stamp ## Ruff, mypy (strict) and the layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: .venv/run.stamp ## Format the code
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: .venv/run.stamp ## Measure, against a peer or a physical limit
	@for bench in $(basename $(notdir $(wildcard tests/bench/bench_*.py))); do \
		echo "== $$bench"; QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.bench.$$bench || exit 1; done

fuzz: .venv/test.stamp ## Import damaged files for SECONDS, the same for the same SEED; change every byte of a bundle
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.fuzz.run $(SECONDS) $(SEED)
	@$(BIN)/python -m tests.attacks.every_byte $(SECONDS)

assets: .venv/run.stamp ## Build the generated assets again (needs npm)
	@$(BIN)/python assets/fonts/build.py

i18n: .venv/run.stamp ## Check the catalogues: every text in every language, every key used
	@$(BIN)/python -m congress.i18n.check

setup: .venv/test.stamp ## Set everything up without running anything

$(UV): assets/setup/uv.txt
	@assets/setup/system-packages.sh run
	@echo "Installing uv into .tools"
	@python3 -m venv --clear .tools/uv
	@.tools/uv/bin/python -m pip install --quiet --disable-pip-version-check \
		--require-hashes --only-binary :all: -r assets/setup/uv.txt
	@touch $@

.venv/run.stamp: $(UV) uv.lock pyproject.toml assets/setup/libraries.debian
	@assets/setup/system-packages.sh run
	@echo "Installing the locked Python packages"
	@$(UV) sync --locked --compile-bytecode --quiet
	@$(BIN)/congress setup
	@touch $@

.venv/test.stamp: .venv/run.stamp
	@assets/setup/system-packages.sh test
	@touch $@

clean: ## Remove everything that was set up or made
	@rm -rf .tools .venv .cache out .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage*

help: ## Show this list
	@grep -E '^[a-z0-9]+:.*##' Makefile | sed -E 's/:[^#]*## /\t/' | expand -t 12
