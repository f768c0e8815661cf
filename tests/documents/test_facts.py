"""What documents say in numbers and names is what the code has."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from devstack.demo.scenarios import SCENARIOS
from devstack.trying.people import sample_people
from devstack.trying.stories.tales import STORIES
from tests import test_house_rules as rules

ROOT = Path(settings.BASE_DIR)
NUMBERS = {"six": 6, "twelve": 12, "twenty": 20, "thirty": 30, "forty": 40}
VARIABLE = re.compile(r"""(?:os\.environ(?:\.get\(|\[)|names\(|number\()\s*"([A-Z_]+)\"""")


def text_of(name: str) -> str:
    return (ROOT / name).read_text()


def rows_of(text: str) -> list[list[str]]:
    """The cells of every table's lines."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_the_first_page_tells_how_many_samples_there_are():
    said = re.search(r"about (\w+) sample registrations", text_of("README.md")).group(1)
    assert abs(NUMBERS[said] - len(SCENARIOS)) <= NUMBERS[said] / 10


def test_the_first_page_tells_how_many_people_and_stories_there_are():
    said = re.search(r"are (\w+) people to be and (\w+) stories", text_of("README.md")).groups()
    assert [NUMBERS[word] for word in said] == [len(sample_people()), len(STORIES)]


def test_the_architecture_lists_the_apps_from_above_to_below():
    contracts = tomllib.loads(text_of("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    layers = next(each for each in contracts if each["type"] == "layers")["layers"]
    apps = text_of("docs/architecture.md").partition("## The rooms")[2].partition("\n## ")[0]
    told = [row[0].strip("`") for row in rows_of(apps)[2:]]
    assert told == [name for layer in layers for name in layer.split(" | ")]
    assert sorted(told) == sorted(rules.APPS)


def test_the_style_names_the_sizes_that_are_held():
    ruff = tomllib.loads(text_of("pyproject.toml"))["tool"]["ruff"]
    told = {row[0]: int(row[1]) for row in rows_of(text_of("docs/style.md"))[2:]}
    assert told == {
        "a function": rules.FUNCTION_LINES,
        "a test": rules.TEST_LINES,
        "a Python file": rules.FILE_LINES,
        "a template": rules.TEMPLATE_LINES,
        "an admin class": rules.ADMIN_LINES,
        "branches of a function (McCabe)": ruff["lint"]["mccabe"]["max-complexity"],
        "characters of a line": ruff["line-length"],
    }


def test_operators_are_told_every_variable_and_none_that_nobody_reads():
    sources = [path.read_text() for path in rules.sources(*set(rules.APPS) - {"devstack"})]
    read = {name for source in sources for name in VARIABLE.findall(source)}
    table = text_of("docs/operations.md").partition("## Deploy")[2].partition("\n`Procfile`")[0]
    told = {name for row in rows_of(table) for name in re.findall(r"`([A-Z_]{5,})`", " ".join(row))}
    # dj_database_url and Django read these two themselves.
    assert told == read | {"DATABASE_URL"}


def test_operators_are_told_of_every_alert_as_it_is():
    groups = yaml.safe_load(text_of("docs/alerts.yml"))["groups"]
    rules_for = {
        rule["alert"]: rule.get("for", "0m") for group in groups for rule in group["rules"]
    }
    told = {row[0]: row[2] for row in rows_of(text_of("docs/operations.md")) if row[0] in rules_for}
    spelt = {name: told[name].replace("at once", "0 m").replace(" min", "m") for name in told}
    assert {name: span.replace(" ", "") for name, span in spelt.items()} == rules_for


def test_each_failure_that_operators_are_told_of_is_tried_by_tests_that_are_there():
    section = text_of("docs/operations.md").partition("## When something breaks")[2]
    rows = rows_of(section.partition("\n## ")[0])[2:]
    tried = [re.findall(r"`(tests/[\w/]+\.py)`", row[-1]) for row in rows]
    assert len(rows) > 8
    assert all(tried)
    assert [path for paths in tried for path in paths if not (ROOT / path).is_file()] == []


def processes() -> set[str]:
    return set(re.findall(r"^(\w+): ", text_of("Procfile"), re.MULTILINE))


def test_each_process_is_kept_running_under_systemd_and_in_containers():
    target = text_of("deploy/systemd/dopa.target")
    services = yaml.safe_load(text_of("deploy/compose.yaml"))["services"]
    commands = {name: each["command"] for name, each in services.items() if "env_file" in each}
    assert {*re.findall(r"dopa@(\w+)\.service", target), "release"} == processes()
    assert commands == {name: [name] for name in processes()}


def test_an_image_holds_every_app_but_the_developers():
    copied = set(re.findall(r"^!(\w+)$", text_of(".containerignore"), re.MULTILINE))
    assert copied & {path.name for path in ROOT.iterdir() if path.is_dir()} >= set(rules.APPS) - {
        "devstack"
    }
    assert copied & {"devstack", "tests", "training", "var", "models"} == set()


@pytest.mark.parametrize("name", sorted({"web", "beat", "verification", "worker", "imports"}))
def test_a_process_is_started_as_the_procfile_has_it(name, tmp_path):
    """With programs that print how they were called in the place of the real ones."""
    for program in ("gunicorn", "celery"):
        (tmp_path / program).write_text('#!/bin/sh\necho "$(basename "$0") $*"\n')
        (tmp_path / program).chmod(0o755)
    said = subprocess.run(  # noqa: S603 - our own script
        [ROOT / "deploy" / "run", name],
        env={"PATH": f"{tmp_path}:/usr/bin:/bin", "DOPA_VAR_DIR": "/var/lib/dopa"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    (line,) = re.findall(rf"^{name}: (.*)$", text_of("Procfile"), re.MULTILINE)
    program = re.search(r"(gunicorn|celery) \S+", line).group()
    assert said.startswith(program)
    assert "$" not in said


@pytest.mark.parametrize(
    "queue", sorted({*settings.JOB_QUEUES.values(), "verification", "default"})
)
def test_each_queue_has_a_worker(queue):
    queues = re.findall(r"--queues=(\S+)", text_of("Procfile"))
    assert queue in {name for worker in queues for name in worker.split(",")}
