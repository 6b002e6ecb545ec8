# Every target ends in a sentence; `make` alone prints them.
UV := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)

.DEFAULT_GOAL := help
.PHONY: help setup demo serve test check audit fix forms bench

help: ## liệt kê các lệnh
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## /\1\t/' | expand -t 10

.tools/bin/uv:
	python3 -m venv .tools
	.tools/bin/pip install --quiet --disable-pip-version-check uv

setup: $(filter .tools/%,$(UV)) ## chuẩn bị môi trường theo tệp khóa
	$(UV) sync --quiet

demo: setup ## chạy việc chính: lập cơ sở dữ liệu, ban hành tám văn bản minh họa
	$(UV) run trinhky demo

serve: setup ## chạy trang web
	$(UV) run trinhky serve

test: setup ## chạy mọi phép thử
	$(UV) run pytest $(PYTEST_ARGS)

check: setup ## định dạng, ruff, mypy, chiều nhập khẩu
	$(UV) run ruff format --check .
	$(UV) run ruff check .
	$(UV) run mypy
	$(UV) run lint-imports

audit: setup ## tìm lỗ hổng đã công bố trong các thư viện (cần mạng)
	$(UV) export --frozen --no-dev --no-hashes --no-emit-project --quiet --output-file var/audit.txt
	$(UV) tool run --quiet pip-audit --strict --disable-pip --no-deps --requirement var/audit.txt

fix: setup ## định dạng và sửa các lỗi an toàn
	$(UV) run ruff check --fix .
	$(UV) run ruff format .

forms: setup ## vẽ lại các mẫu văn bản
	$(UV) run python -m doc_templates.build

bench: setup ## đo tốc độ ban hành
	$(UV) run python -m benchmarks.issue
