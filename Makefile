# make run, make test, make check and make bench each set up what they need, from a fresh clone.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
PORT ?= 8000
DATA_DIR ?= var
BENCH ?= full

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input install --quiet
RUN_LIBRARIES := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig
TEST_PACKAGES := chromium poppler-utils fonts-noto-cjk softhsm2
DIAGRAMS := $(shell find bpmn -name '*.bpmn' -o -name '*.dmn')

.PHONY: help run test check bench migration requirements-list pictures clean

help:
	@echo "make run    安装并启动演示网站（PORT=$(PORT) DATA_DIR=$(DATA_DIR)）"
	@echo "make test   全部测试"
	@echo "make check  格式、静态检查、类型、分层、流程图、前端文件"
	@echo "make bench  性能测试（BENCH=quick 约五分钟）"

run: $(VENV)/run.stamp $(VENV)/libraries.stamp
	@CARTOUCHE_DEMO=$${CARTOUCHE_DEMO:-yes} CARTOUCHE_DATA_DIR='$(DATA_DIR)' \
	  CARTOUCHE_BASE_URL=$${CARTOUCHE_BASE_URL:-http://127.0.0.1:$(PORT)} \
	  exec $(BIN)/cartouche serve --port $(PORT)

test: $(VENV)/dev.stamp $(VENV)/libraries.stamp $(VENV)/test-packages.stamp
	@$(BIN)/pytest -n 2 --dist loadgroup $(ARGS)

check: $(VENV)/dev.stamp $(VENV)/libraries.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/cartouche diagram check $(DIAGRAMS)
	$(BIN)/python -m models.migrations.write --check
	$(BIN)/python -m tests.requirements --check
	@if command -v npm >/dev/null && command -v node >/dev/null; then \
	  cd webapp/frontend && npm ci --silent && npm run --silent check; \
	else \
	  echo "未安装 Node：没有检查 webapp/static 是否与 webapp/frontend 一致。"; \
	fi

bench: $(VENV)/dev.stamp $(VENV)/libraries.stamp
	@mkdir -p var
	@$(BIN)/python -m tests.benchmarks $(BENCH)

# The next revision of the database, from what the models say: make migration NAME=what_changed
migration: $(VENV)/dev.stamp
	@$(BIN)/python -m models.migrations.write $(NAME) $(if $(ANEW),--anew)

# Fill in which test shows which requirement, in docs/requirements.md.
requirements-list: $(VENV)/dev.stamp
	@$(BIN)/python -m tests.requirements

# Take the README's pictures anew, when the pages have changed.
pictures: $(VENV)/dev.stamp $(VENV)/libraries.stamp $(VENV)/test-packages.stamp
	@$(BIN)/python -m tests.browser.pictures

clean:
	rm -rf $(VENV) var

$(VENV)/python.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "需要 Python 3.11 或更高版本；可用 make PYTHON=/path/to/python3.11 指定。" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv; \
	  else echo "缺少 venv：请运行 sudo apt-get install python3-venv" >&2; exit 1; fi; }
	@echo "建立虚拟环境 $(VENV)"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/run.stamp: $(VENV)/python.stamp config/requirements/run.txt setup.cfg pyproject.toml
	@echo "安装依赖"
	@$(PIP) --require-hashes -r config/requirements/run.txt
	@$(PIP) --no-deps --no-build-isolation --config-settings editable_mode=compat -e .
	@touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp config/requirements/dev.txt
	@echo "安装开发依赖"
	@$(PIP) --require-hashes -r config/requirements/dev.txt
	@touch $@

$(VENV)/libraries.stamp:
	@bash .ci/system-packages "$(RUN_LIBRARIES)" \
	  libpango-1.0.so.0 libpangoft2-1.0.so.0 libharfbuzz-subset.so.0 libfontconfig.so.1
	@mkdir -p $(VENV) && touch $@

$(VENV)/test-packages.stamp:
	@bash .ci/system-packages "$(TEST_PACKAGES)" chromium pdftotext softhsm2-util "font:zh-cn"
	@mkdir -p $(VENV) && touch $@
