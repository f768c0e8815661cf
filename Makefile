# One door: `make help`. Needs Python 3.11 or newer and the package registries, nothing else.
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for each in python3 python3.13 python3.12 python3.11 python; do \
	$$each -c '$(NEW_ENOUGH)' 2>/dev/null && { echo $$each; break; }; done)
VENV := .venv
PY := $(VENV)/bin/python
EXEC := $(PY) -m devstack.embedded exec
# The settings of production compile without a database; they only want to be told of one.
COMPILE := DATABASE_URL=postgresql:/// DJANGO_SETTINGS_MODULE=dopa_portal.settings.base $(PY) manage.py compile_messages
TYPES := DATABASE_URL=postgresql:/// $(VENV)/bin/mypy --no-error-summary
PATHS ?=
SEED ?=
READER := var/reader
MINUTES ?= 170
DEVICE ?= cpu
TRAINING ?=
UPGRADE ?=
FAULTS ?= 1000
REQUESTS ?= 50000
FROM ?=
FILE ?=
TOOLS := var/tools
export PYTHONUNBUFFERED := 1
# Without compiled files each of the many processes compiles the libraries anew, two seconds of CPU.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run codes reset pictures test night alone lint lint-deploy check bench drill storm fuzz sbom advisories calibrate mutate train-reader setup setup-tests format lock messages tools venv

help: ## What there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: setup ## Start the whole portal with sample data: PORT=8000, stop with Ctrl-C
	@exec $(PY) -m devstack.embedded.run

codes: venv ## Print what signs the sample officers in now: e-mail, password, code
	@$(PY) manage.py codes

reset: venv ## Bring the samples back as `make run` made them, in some seconds
	@$(PY) -m devstack.embedded.as_made

pictures: setup-tests ## Take the pictures of README.md and the guides from what `make run` runs after `make reset`: PORT=8000
	@$(PY) -m scripts.pictures http://localhost:$(or $(PORT),8000)

test: setup-tests ## Run every test: PATHS=tests/audit runs some
	@$(EXEC) --throwaway -- $(PY) scripts/run_tests.py $(PATHS)

night: setup-tests ## Run every test in random order, with many random examples: SEED=... brings a night back
	@$(EXEC) --throwaway -- $(PY) scripts/run_tests.py --night "$(SEED)" $(PATHS)

alone: setup-tests ## Run each test file by itself: PATHS=tests/audit does so with some
	@$(EXEC) --throwaway -- $(PY) scripts/each_alone.py $(PATHS)

lint: venv ## Look for faults in Python, its types, templates, scripts, style sheets, and who imports whom
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/djlint --lint --quiet templates devstack/trying/templates
	@said=$$($(VENV)/bin/lint-imports --no-logo --no-cache) || { echo "$$said"; exit 1; }
	@$(TYPES)
	@$(PY) -m scripts.javascript

lint-deploy: tools ## Look for faults in the container, compose and systemd files
	@$(TOOLS)/bin/hadolint --config deploy/hadolint.yaml deploy/Containerfile
	@$(TOOLS)/bin/check-jsonschema --quiet --builtin-schema vendor.compose-spec deploy/compose.yaml
	@$(PY) scripts/check_units.py

check: lint lint-deploy ## All that must hold before a commit, tests aside
	@$(EXEC) --throwaway -- $(PY) manage.py makemigrations --check --dry-run
	@$(EXEC) --throwaway -- $(PY) scripts/check_deployment.py

bench: setup ## Measure the budgets of docs/benchmarks.md: ONLY=Audit measures that part anew, AGAINST=REF web CPU beside that commit's
	@$(PY) -m devstack.bench "$(ONLY)"

storm: setup ## Kill what the portal stands on at random, and count what broke: FAULTS=1000 SEED=... CITIZENS=3
	@FAULTS=$(FAULTS) SEED=$(SEED) CITIZENS=$(CITIZENS) $(PY) -m devstack.bench "A storm of kills"

calibrate: setup ## Measure card reading, faces and attacks: FACES=folder of person/photo files, ONLY=part of a title
	@$(EXEC) --throwaway -- $(PY) -m devstack.calibrate "$(ONLY)" $(if $(FACES),--faces $(FACES))

drill: setup ## Lose, fill, restore, take over, rotate, upgrade, set clocks, as docs/operations.md has it: ONLY=backup
	@UPGRADE_FROM=$(FROM) $(PY) -m devstack.drill $(ONLY)

fuzz: setup ## Send what the API's schema allows and what it does not, and look for faults: REQUESTS=50000 SEED=...
	@REQUESTS=$(REQUESTS) SEED=$(SEED) $(PY) -m devstack.bench "Requests by the schema"

sbom: venv tools ## List all that the portal is made of: CycloneDX, in var/sbom
	@PYTHONPATH=. $(TOOLS)/bin/python scripts/sbom.py var/sbom

advisories: venv ## Hold the pinned versions against advisories: FILE=all.zip of osv.dev
	@$(PY) scripts/advisories.py $(FILE)

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
	@$(PY) -m scripts.assets --demo
	@$(COMPILE)

setup-tests: setup
	@$(PY) scripts/chromium.py

tools: venv
	@$(PYTHON) scripts/install.py $(TOOLS) requirements-tools.txt

venv:
	@test -n "$(PYTHON)" || { echo "The portal needs Python 3.11 or newer, and there is none on the PATH: see python.org/downloads"; exit 1; }
	@$(PYTHON) scripts/install.py $(VENV)

format: venv ## Write Python, scripts and style sheets as their formatters want them
	@$(VENV)/bin/ruff check --fix --quiet . || true
	@$(VENV)/bin/ruff format .
	@$(PY) -m scripts.javascript --write

lock: venv ## Pin what the *.in files name, by hash: UPGRADE=1 renews every version
	@$(PY) scripts/lock.py $(if $(UPGRADE),--upgrade)

messages: venv ## Collect the sentences to translate, and compile the translations
	@$(EXEC) -- $(PY) manage.py makemessages --locale th --no-obsolete --ignore '.venv/*' --ignore 'var/*' --ignore 'node_modules/*'
	@$(COMPILE)
