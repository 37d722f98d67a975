# Every target does its own set-up in .venv with plain python3 and pip: no root, no Docker, no compiler, no Node.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet

.PHONY: run console test lint bench prove mirror pictures lock clean
.DEFAULT_GOAL := run

# The stamps hold the digest of nothing: they are newer than the lock they installed.
$(VENV)/run.stamp: requirements/run.lock pyproject.toml build_hook.py build_native.py $(shell find src -name '_compiled.cpp' -o -name '*.hpp')
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Setting up $(VENV) (once, about a minute) ..."
	@$(PIP) --require-hashes -r requirements/run.lock
	@if $(BIN)/python build_native.py --lacks-compiler; then \
		echo "No C++ compiler here: one from PyPI compiles the kernels (once, a minute or two) ..."; \
		$(PIP) --require-hashes -r requirements/compiler.lock || echo "Not to be had: the pure-Python kernels serve."; fi
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: requirements/dev.lock $(VENV)/run.stamp
	@$(PIP) --require-hashes -r requirements/dev.lock
	@touch $@

console: $(VENV)/run.stamp      ## build the console unless it is built from these sources
	@$(BIN)/python build_console.py

run: console                    ## start the example lender and print its address
	@$(BIN)/tandem demo

test: $(VENV)/dev.stamp console ## every test; those of services and browser where these are present
	@$(BIN)/python -m pytest -n 2 --dist loadfile -m "not prove" $(ARGS)

lint: $(VENV)/dev.stamp         ## style, types, import contract, words of the console
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python build_console.py --check

bench: $(VENV)/dev.stamp        ## all benchmarks with their peers; NAME=rules for one, ARGS=--quick for short
	@$(BIN)/python -m benchmarks $(or $(NAME),all) $(ARGS)

prove: $(VENV)/dev.stamp        ## the long form of every promise
	@$(BIN)/python -m pytest -m prove $(ARGS)

mirror: $(VENV)/dev.stamp       ## how our code measures against the code we admire
	@$(BIN)/python -m benchmarks.mirror

pictures: $(VENV)/dev.stamp console ## the pictures of the documents anew, from what make run left
	@$(BIN)/python docs/pictures/make.py $(NAME)

lock:                           ## resolve the dependencies anew
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) uv
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --upgrade \
		pyproject.toml requirements/build.in --extra postgres -o requirements/run.lock
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --upgrade \
		pyproject.toml requirements/build.in --extra dev -c requirements/run.lock -o requirements/dev.lock
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --upgrade \
		requirements/compiler.in -o requirements/compiler.lock
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --upgrade \
		pyproject.toml --extra spark -c requirements/dev.lock -o requirements/spark.lock

clean:                          ## remove what the other targets made
	@rm -rf $(VENV) .tandem .pytest_cache .mypy_cache .ruff_cache .hypothesis dist console/node_modules src/tandem/faces/console/static
	@find src -name '_compiled*.so' -delete
