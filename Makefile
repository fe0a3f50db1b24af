# What a developer or a visitor types. Every target does its own set-up; nothing is left outside this folder.
#
#   make demo    a fictional district in the browser        make test    everything that must hold
#   make check   style, types, arrows (no tests)            make fmt     put files into shape
#   make e2e     only the browser tests                     make bench   measure
#   make docs    build the documentation                    make lock    resolve the requirements anew
#   make cover   what the tests do not reach
#   make words   bring new messages into the English catalogue

SHELL := /bin/sh
.SHELLFLAGS := -eu -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
.PHONY: help demo test check fmt bench docs lock e2e words cover run-env dev-env

HERE := $(CURDIR)
BIN := $(HERE)/.venv/bin
PORT ?= 8000
DAY ?=
JOBS ?= 2
PYTEST_ARGS ?=
BENCH_ARGS ?=

# Caches stay here; a user's own UV_CACHE_DIR and PIP_CACHE_DIR are honoured.
export XDG_CACHE_HOME := $(HERE)/.cache
export PYTHONPYCACHEPREFIX := $(HERE)/.cache/python
unexport PYTHONDONTWRITEBYTECODE
unexport PYTHONPATH
unexport DJANGO_SETTINGS_MODULE

help:
	@sed -n 's/^#   //p' Makefile

run-env:
	@tools/setup.sh run

dev-env:
	@tools/setup.sh dev

demo: run-env
	@TAIHUA_DEMO=1 $(BIN)/taihua demo $(if $(DAY),--on $(DAY))
	@TAIHUA_DEMO=1 exec $(BIN)/taihua serve --port $(PORT) --or-next

check: dev-env
	@tools/check.sh

test: check
	@tools/test.sh $(PYTEST_ARGS)

e2e: dev-env
	@tools/test.sh tests/e2e $(PYTEST_ARGS)

cover: dev-env
	@rm -rf .cache/reached
	@tools/test.sh -q -p tests.measured -m "not e2e" $(PYTEST_ARGS)
	@$(BIN)/coverage combine -q
	@$(BIN)/coverage report

fmt: dev-env
	@$(BIN)/ruff check -q --fix-only src tests tools bench setup.py
	@$(BIN)/ruff format src tests tools bench setup.py
	@$(BIN)/djangofmt -q src 2>/dev/null || $(BIN)/djangofmt src

bench: dev-env
	@$(BIN)/python -m bench $(if $(SCALE),--scale $(SCALE)) $(BENCH_ARGS)

docs: dev-env
	@$(BIN)/python -m tools.reference
	@$(BIN)/python -m tools.docs

words: dev-env
	@$(BIN)/python -m tools.messages

lock: dev-env
	@tools/lock.sh
