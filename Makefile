# The two commands are `make serve` and `make test`. Both set up whatever is missing; a second run does no set-up.
PYTHON ?= python3
BIN := .venv/bin
export PATH := $(CURDIR)/.venv/bin:$(PATH)
PIP := $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-build-isolation --use-pep517
export NO_MKDOCS_2_WARNING := 1

.PHONY: help serve site pdf offline check test setup lock clean

serve: .venv/site-ready  ## 在 http://127.0.0.1:8000 打开手册，保存文件后自动刷新
	@echo "手册地址：http://127.0.0.1:8000 （按 Ctrl+C 停止）"
	@$(BIN)/python tools/serve --livereload --dev-addr 127.0.0.1:8000

test: .venv/test-ready  ## 运行全部检查
	@echo "== 代码风格与类型"
	@$(BIN)/ruff check && $(BIN)/ruff format --check && $(BIN)/mypy
	@$(BIN)/npm run --silent check
	@echo "== 浏览器脚本的单元测试"
	@$(BIN)/npm test --silent
	@echo "== 手册与题库"
	@$(BIN)/handbook check
	@echo "== Python 与浏览器测试"
	@$(BIN)/python -m pytest

site: .venv/site-ready  ## 严格生成要发布的网站和 PDF，放在 site/
	@$(BIN)/mkdocs build --strict
	@$(BIN)/handbook pdf --all

pdf: site  ## 同 make site；PDF 在 site/pdf/

offline: site  ## 生成离线手册 dist/handbook-offline.zip，解压后双击就能打开
	@$(BIN)/handbook offline

check: .venv/site-ready  ## 只检查手册与题库，不生成网站
	@$(BIN)/handbook check

setup: .venv/site-ready  ## 只准备环境
	@echo "环境已就绪。"

lock: .venv/site-ready  ## 改了 pyproject.toml 之后重写 requirements*.txt
	@tools/lock

clean:  ## 删除生成的文件与环境；dist/papers 里的试卷和出卷记录留着
	@rm -rf .venv .cache node_modules site dist/handbook-offline.zip

help:
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更新的版本。" >&2; exit 1; }
	@tools/need python3-venv $(PYTHON) -c 'import ensurepip'
	@echo "准备 Python 环境（首次约一分钟）…"
	@$(PYTHON) -m venv .venv

.venv/site-ready: requirements-build.txt requirements.txt pyproject.toml package.json package-lock.json | .venv/bin/python
	@echo "安装网站所需的软件包 …"
	@$(PIP) -r requirements-build.txt
	@$(PIP) -r requirements.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@$(BIN)/npm ci --silent --omit=dev
	@touch $@

.venv/test-ready: requirements-test.txt .venv/site-ready
	@tools/need chromium-headless-shell sh -c 'command -v chromium-headless-shell || command -v chromium'
	@tools/need fonts-noto-cjk sh -c 'test -d /usr/share/fonts/opentype/noto || test "$$(uname)" = Darwin'
	@tools/need poppler-utils sh -c 'command -v pdfinfo'
	@tools/need libreoffice-writer-nogui sh -c 'command -v soffice || command -v libreoffice'
	@echo "安装测试所需的软件包 …"
	@$(PIP) -r requirements-test.txt
	@$(BIN)/npm ci --silent
	@touch $@
