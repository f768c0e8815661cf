"""The commands of the documents do what the documents say."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.documents.commands import DOCUMENTS, commands_in, commands_of
from tests.documents.steps import NOT_RUN, RUN, Step

ROOT = Path(settings.BASE_DIR)
PROGRAMS = {
    "make": ["make"],
    "manage.py": [sys.executable, "manage.py"],
    "check_audit_proof.py": [sys.executable, "docs/check_audit_proof.py"],
}


def test_commands_are_found_in_blocks_and_in_backticks():
    text = "Do `python manage.py one`:\n\n    make three  # why\n\n```\nmake four\n```\n`managed`"
    assert commands_of(text) == ["make four", "make three", "manage.py one"]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_each_command_is_run_or_left_out_for_a_reason(document):
    run = {step.command for step in RUN[document]}
    assert set(commands_in(document, ROOT)) - set(NOT_RUN) == run


def test_what_is_left_out_stands_in_a_document_and_its_reason_is_there():
    asked = {command for document in DOCUMENTS for command in commands_in(document, ROOT)}
    assert set(NOT_RUN) - asked == set()
    named = re.findall(r"tests/\S+\.py", " ".join(NOT_RUN.values()))
    assert [name for name in named if not (ROOT / name).exists()] == []


# The audit log is sequenced behind the oldest transaction of the whole database server.
ALONE = [pytest.param(name, marks=pytest.mark.alone) for name in DOCUMENTS if "audit" in name]


@pytest.mark.parametrize("document", [*(each for each in DOCUMENTS if "audit" not in each), *ALONE])
def test_the_commands_of_a_document_run(document, world, tmp_path):
    environment, places = world
    for step in RUN[document]:
        said = output_of(step, environment, places, tmp_path)
        found = re.search(step.prints, said)
        assert found, f"{step.command} printed:\n{said}"
        places |= found.groupdict()


def output_of(step: Step, environment: dict, places: dict, folder: Path) -> str:
    """What the command prints; where it is kept, that file takes the name's place from then on."""
    command = step.command
    for word, meant in {**places, step.instead[0]: places.get(step.instead[1], "")}.items():
        command = re.sub(rf"(?<![\w.]){re.escape(word)}(?!\w)", meant, command) if word else command
    program, *arguments = shlex.split(command)
    done = subprocess.run(  # noqa: S603 - what the repository's own documents say
        [*PROGRAMS[program], *arguments],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    if step.keep:
        (folder / step.keep).write_text(done.stdout)
        places[step.keep] = str(folder / step.keep)
    return done.stdout + done.stderr
