# 金融扶贫月报。常用：make monthly 做月报，make status 看报送情况，make help 看全部命令。
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help monthly print check status forms register codebook test lint sample golden bench intake-report intake-fuzz corpus sabotage mutate look a11y lock
.SILENT:

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python -m pipeline
OFFICE_READY := $(VENV)/.ready
DEVELOPER_READY := $(VENV)/.ready-dev
WORKSPACE ?= .
PERIOD ?=
INBOX ?=
FILE ?=
BY ?=
AS_OF ?=
FINAL ?=
MONTHS ?= 15
OUT ?=
DIR ?=
SEED ?=
N ?=
WRITE ?=
MODULE ?=

SAMPLE_WORKSPACE := output/sample
SAMPLE_RANGE := 2018-02:2018-03
SAMPLE_DAY := 2018-04-10

OPTIONS = --workspace "$(WORKSPACE)" $(if $(AS_OF),--as-of "$(AS_OF)")
LOCKING := --generate-hashes --no-header --no-annotate --no-emit-index-url --no-strip-extras --universal --python-version 3.11 --quiet
# 0 是完成且齐全，1 是按草稿完成：对 make 来说都算成功
ACCEPT = ; code=$$?; [ $$code -le 1 ] || exit $$code

help: ## 显示这份说明
	echo "金融扶贫月报："
	grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):[^#]*## (.*)$$/  make \1\t\2/' | expand -t 22
	echo "还没有 inbox 文件夹时，make monthly 用示例数据演示，成果在 $(SAMPLE_WORKSPACE)/output。"

monthly: $(OFFICE_READY) ## 收件、审核、生成附件；可加 PERIOD=2018-03 INBOX=文件夹 WORKSPACE=文件夹 FINAL=1
	if [ -z "$(INBOX)" ] && [ "$(WORKSPACE)" = "." ] && [ ! -d inbox ]; then \
	  echo "还没有 inbox 文件夹，先用示例数据演示（成果上都印有“示例数据”）。"; \
	  mkdir -p $(SAMPLE_WORKSPACE); \
	  $(RUN) monthly $(if $(PERIOD),"$(PERIOD)",$(SAMPLE_RANGE)) --workspace $(SAMPLE_WORKSPACE) --inbox sample_data --as-of $(SAMPLE_DAY); \
	else \
	  $(RUN) monthly $(if $(PERIOD),"$(PERIOD)") $(if $(INBOX),--inbox "$(INBOX)") $(if $(FINAL),--final) $(OPTIONS); \
	fi $(ACCEPT)

print: $(OFFICE_READY) ## 把五个附件合成一个 PDF（需要 LibreOffice）；可加 PERIOD=2018-03 WORKSPACE=文件夹
	$(RUN) print $(if $(PERIOD),"$(PERIOD)") $(OPTIONS)

check: $(OFFICE_READY) ## 报送前自查，不入库：make check FILE=文件
	[ -n "$(FILE)" ] || { echo "没有写明要自查的文件。请写成：make check FILE=文件，如 make check FILE=inbox/报表.xlsx"; exit 2; }
	$(RUN) check "$(FILE)" $(OPTIONS) $(ACCEPT)

status: $(OFFICE_READY) ## 看各单位报送情况；可加 PERIOD=2018-03 WORKSPACE=文件夹
	if [ "$(WORKSPACE)" = "." ] && [ ! -d store ] && [ ! -d inbox ] && [ -d $(SAMPLE_WORKSPACE)/store ]; then \
	  $(RUN) status $(if $(PERIOD),"$(PERIOD)",2018-03) --workspace $(SAMPLE_WORKSPACE) --as-of $(SAMPLE_DAY); \
	else \
	  $(RUN) status $(if $(PERIOD),"$(PERIOD)") $(OPTIONS); \
	fi $(ACCEPT)

forms: $(OFFICE_READY) ## 生成各单位的空白表，供印发填报或代录：make forms PERIOD=2018-04；可加 WORKSPACE=文件夹
	[ -n "$(PERIOD)" ] || { echo "没有写明报告期。请写成：make forms PERIOD=2018-04"; exit 2; }
	$(RUN) forms "$(PERIOD)" $(OPTIONS)

register: $(OFFICE_READY) ## 导出登记表；改好后导入：make register FILE=output/登记表.xlsx BY=姓名
	[ -z "$(FILE)" ] || [ -n "$(BY)" ] || { echo "请写明由谁决定：make register FILE=$(FILE) BY=姓名"; exit 2; }
	$(RUN) register $(if $(FILE),import "$(FILE)" --by "$(BY)",export) $(OPTIONS)

codebook: $(OFFICE_READY) ## 生成指标手册（报表、指标、政策参数、一年来的变化）和《审核关系》，在 output/codebook；可加 PERIOD=2018-03 WORKSPACE=文件夹
	$(VENV)/bin/python -m pipeline.jobs.codebook "$(PERIOD)" "$(WORKSPACE)"

sample: $(DEVELOPER_READY) ## 生成示例数据：make sample MONTHS=36 OUT=文件夹
	$(VENV)/bin/python -m tests.generator --months $(MONTHS) $(if $(OUT),--out "$(OUT)")

test: $(DEVELOPER_READY) ## 运行全部测试
	$(VENV)/bin/python -m pytest -q -n 2 --dist worksteal -m "not long" --cov --cov-report=term:skip-covered --cov-fail-under=90
	$(VENV)/bin/python -m pytest -q -n 2 --dist worksteal -m long

lint: $(DEVELOPER_READY) ## 检查代码
	$(VENV)/bin/ruff check . && $(VENV)/bin/ruff format --check . && $(VENV)/bin/mypy

golden: $(DEVELOPER_READY) ## 重新生成对照成果并显示差异
	$(VENV)/bin/python -m tests.golden

bench: $(DEVELOPER_READY) ## 测量速度（不属于测试）
	$(VENV)/bin/python -m tests.bench

intake-report: $(DEVELOPER_READY) ## 逐例核对收件：几百个有毛病的小文件，读得准确、拒得正确、错误各多少（错误须为零）
	$(VENV)/bin/python -m tests.faults

intake-fuzz: $(DEVELOPER_READY) ## 把示例报表随机改样一千次，内容不变，读数须一字不差；可加 SEED=数字 N=次数
	$(VENV)/bin/python -m tests.faults.fuzz $(if $(SEED),--seed "$(SEED)") $(if $(N),--examples "$(N)")

corpus: $(DEVELOPER_READY) ## 逐个试读一个文件夹里的任何文件：能否打开、为什么、几秒、多少内存：make corpus DIR=文件夹
	[ -n "$(DIR)" ] || { echo "没有写明文件夹。请写成：make corpus DIR=文件夹"; exit 2; }
	$(VENV)/bin/python -m tests.corpus "$(DIR)"

sabotage: $(DEVELOPER_READY) ## 在无差错的示例月份里预设两千处差错，看审核查出多少；可加 SEED=数字 N=处数 WRITE=1（写进 docs/sabotage.md）
	$(VENV)/bin/python -m tests.sabotage $(if $(SEED),--seed "$(SEED)") $(if $(N),--plantings "$(N)") $(if $(WRITE),--write)

mutate: $(DEVELOPER_READY) ## 把审核关系的程序逐处改错，看测试能否查出（约十三分钟，存活超过百分之五为不合格）；可加 MODULE=模块 WRITE=1（写进 docs/mutation.md）
	$(VENV)/bin/python -m tests.mutation $(MODULE) $(if $(WRITE),--write)

look: $(DEVELOPER_READY) ## 把 output 中的成果转成图片查看（需要 LibreOffice、poppler 和 Chromium）
	$(VENV)/bin/python -m tests.look $(if $(filter .,$(WORKSPACE)),$(SAMPLE_WORKSPACE),"$(WORKSPACE)")

a11y: $(DEVELOPER_READY) ## 按无障碍核对表逐条检查数据表；可加 FILE=某个.xlsx
	$(VENV)/bin/python -m tests.a11y $(if $(FILE),"$(FILE)")

lock: $(DEVELOPER_READY) ## 更新依赖清单（开发者）
	$(VENV)/bin/python -m pip install -q uv
	$(VENV)/bin/uv pip compile pyproject.toml --extra build $(LOCKING) -o requirements.lock
	$(VENV)/bin/uv pip compile pyproject.toml --extra build --extra dev $(LOCKING) -c requirements.lock -o requirements-dev.lock

$(OFFICE_READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "需要 Python 3.11 或更新版本。请先运行：sudo apt install python3 python3-venv make"; exit 1; }
	[ -x $(VENV)/bin/python ] || { echo "首次使用，正在准备运行环境（约一两分钟）……"; $(PYTHON) -m venv $(VENV) || { echo "缺少 python3-venv。请先运行：sudo apt install python3-venv"; rm -rf $(VENV); exit 1; }; }
	$(VENV)/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock || { echo "依赖没有装好。请检查网络后重新运行。"; exit 1; }
	$(VENV)/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(DEVELOPER_READY): requirements-dev.lock $(OFFICE_READY)
	$(VENV)/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock || { echo "依赖没有装好。请检查网络后重新运行。"; exit 1; }
	touch $@
