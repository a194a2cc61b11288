# Two commands on a fresh machine: make demo, make test. Each makes .venv and installs what it needs.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
GOLD   := ../shared/gold

.PHONY: demo test lint bench score check clean

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[test,lint,bench]"
	touch $@

demo: $(VENV)/.installed  ## tag a sample article, print a table
	$(BIN)/turkmen-ner tag --notation seeds/03-ship-visit.txt

test: $(VENV)/.installed  ## all tests and doctests
	$(BIN)/python -m pytest

check: $(VENV)/.installed  ## are all patterns well formed?
	$(BIN)/turkmen-ner check patterns

lint: $(VENV)/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

bench: $(VENV)/.installed  ## speed and quality tables
	$(BIN)/python benchmarks/speed.py
	$(BIN)/python benchmarks/quality.py

score: $(VENV)/.installed  ## scores on the gold documents, also with all gold names taken off the lists
	for gold in seed dev; do $(BIN)/python ../shared/tools/score.py $(GOLD)/$$gold.jsonl; done
	$(BIN)/python benchmarks/quality.py --blind

clean:
	rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis dist site
