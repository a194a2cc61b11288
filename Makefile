# Two commands on a fresh machine: make demo, make test. Each makes .venv when there is none and adds what it needs.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check
GOLD   := ../shared/gold
DATE   := $(shell git log -1 --format=%ct 2>/dev/null || echo 1577836800)
FUZZ   ?= -max_total_time=3600

.PHONY: demo test coverage check lint types docs fuzz bench score dist release-check clean
.NOTPARALLEL:

$(VENV)/.has-package: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(PIP) --editable .
	touch $@

$(VENV)/.has-%: $(VENV)/.has-package  # % is an extra of pyproject.toml
	$(PIP) --editable ".[$*]"
	touch $@

demo: $(VENV)/.has-package  ## tag a sample article, print a table
	$(BIN)/turkmen-ner tag --notation seeds/03-ship-visit.txt

test: $(VENV)/.has-test  ## all tests and doctests
	$(BIN)/python -m pytest -n auto --dist worksteal

coverage: $(VENV)/.has-test  ## tests again, with lines and branches counted, also those of child processes
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -n auto --dist worksteal
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

check: $(VENV)/.has-package  ## are all patterns well formed?
	$(BIN)/turkmen-ner check patterns

lint: $(VENV)/.has-lint types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.has-test $(VENV)/.has-lint  ## with all that is optional installed
	$(BIN)/mypy

docs: $(VENV)/.has-docs  ## the pages, into site/
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

fuzz: $(VENV)/.has-fuzz  ## for an hour, or make fuzz FUZZ=-max_total_time=60; failures are left in .fuzz/
	mkdir -p .fuzz/corpus
	$(BIN)/python tests/helpers/mutants.py --number 10000
	$(BIN)/python tests/project/fuzz/fuzz_tag.py $(FUZZ) -artifact_prefix=.fuzz/ .fuzz/corpus

bench: $(VENV)/.has-bench  ## all tables of the documentation; takes an hour
	for name in quality robustness calibration systems frames speed stream volume scale cluster serve report_corpus; do $(BIN)/python benchmarks/$$name.py --write; done
	$(BIN)/python tools/build_docs.py

score: $(VENV)/.has-package  ## scores on the gold documents, also with all gold names taken off the lists
	for gold in seed dev; do $(BIN)/python ../shared/tools/score.py $(GOLD)/$$gold.jsonl; done
	$(BIN)/python benchmarks/quality.py --blind

dist: $(VENV)/.has-release  ## wheel and source archive, the same bytes for the same commit
	rm -rf dist
	SOURCE_DATE_EPOCH=$(DATE) $(BIN)/python -m build --quiet

release-check: dist  ## install what dist made on every Python here, with the oldest and newest dependencies, and look for known holes
	$(BIN)/python tools/release_check.py dist

clean:
	rm -rf $(VENV) .pytest_cache .ruff_cache .mypy_cache .hypothesis .coverage .coverage.* .fuzz dist site
