# One door: `make help`. Needs Python 3.11 or newer and the package registries, nothing else.
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for each in python3 python3.13 python3.12 python3.11 python; do \
	$$each -c '$(NEW_ENOUGH)' 2>/dev/null && { echo $$each; break; }; done)
VENV := .venv
PY := $(VENV)/bin/python
EXEC := $(PY) -m devstack.embedded exec
PATHS ?=
READER := var/reader
MINUTES ?= 170
DEVICE ?= cpu
TRAINING ?=
export PYTHONUNBUFFERED := 1

.DEFAULT_GOAL := help
.PHONY: help run test lint check bench calibrate mutate train-reader setup setup-tests format lock messages venv

help: ## What there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: setup ## Start the whole portal with sample data: PORT=8000, stop with Ctrl-C
	@exec $(PY) -m devstack.embedded.run

test: setup-tests ## Run every test: PATHS=tests/audit runs some
	@$(EXEC) --throwaway -- $(PY) scripts/run_tests.py $(PATHS)

lint: venv ## Look for faults in Python and templates
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/djlint --lint --quiet templates

check: lint ## All that must hold before a commit, tests aside
	@$(EXEC) --throwaway -- $(PY) manage.py makemigrations --check --dry-run
	@$(EXEC) --throwaway -- $(PY) scripts/check_deployment.py

bench: setup ## Measure the budgets of docs/benchmarks.md: ONLY=Audit measures that part anew
	@$(PY) -m devstack.bench $(ONLY)

calibrate: setup ## Measure card reading, faces and attacks: FACES=folder of person/photo files
	@$(EXEC) --throwaway -- $(PY) -m devstack.calibrate $(if $(FACES),--faces $(FACES))

mutate: venv ## Change the policy in one place at a time: a fast test has to see each change
	@$(PY) scripts/mutate_policy.py

train-reader: ## Train the card reader's line recogniser anew: MINUTES=170 DEVICE=cpu
	@$(PYTHON) -m venv $(READER)/venv
	@$(READER)/venv/bin/pip install --quiet --disable-pip-version-check -r training/requirements.txt
	@$(READER)/venv/bin/python -m training.assets $(READER)/assets
	@nice $(READER)/venv/bin/python -m training.train $(READER)/assets $(READER)/reader.pt \
		--minutes $(MINUTES) --device $(DEVICE) $(TRAINING)
	@$(READER)/venv/bin/python -W ignore -m training.export $(READER)/reader.pt \
		verification/cards/recogniser/letters.onnx --trained-on "$(DEVICE)"

setup: venv ## Get everything the portal needs, and nothing twice
	@$(PY) scripts/assets.py --demo
	@$(PY) -m devstack.embedded.messages

setup-tests: setup
	@$(PY) scripts/chromium.py

venv:
	@test -n "$(PYTHON)" || { echo "The portal needs Python 3.11 or newer, and there is none on the PATH: see python.org/downloads"; exit 1; }
	@$(PYTHON) scripts/install.py $(VENV)

format: venv ## Write Python as the formatter wants it
	@$(VENV)/bin/ruff check --fix --quiet . || true
	@$(VENV)/bin/ruff format .

lock: venv ## Pin every version and hash anew from the *.in files
	@$(PY) scripts/lock.py

messages: venv ## Collect the sentences to translate, and compile the translations
	@$(EXEC) -- $(PY) manage.py makemessages --locale th --no-obsolete --ignore '.venv/*' --ignore 'var/*'
	@$(PY) -m devstack.embedded.messages
