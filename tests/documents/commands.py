"""The commands that documents tell people to run."""

import re
from pathlib import Path

DOCUMENTS = ("README.md", "docs/operations.md", "docs/imports.md", "docs/audit.md")
COMMAND = re.compile(r"(make|python3?|manage\.py|systemctl|podman) \S")
VARIABLE = re.compile(r"^[A-Z]+=\S+ (?=make )")


def commands_of(text: str) -> list[str]:
    """Each once, in the order of the document: lines of blocks, and what stands in backticks.

    `python` before manage.py and what a remark adds are left off.
    """
    fenced = re.findall(r"^```\w*\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    lines = [line for block in fenced for line in block.splitlines()]
    rest = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    lines += re.findall(r"^ {4,}(\S.*)$", rest, re.MULTILINE)
    lines += re.findall(r"`([^`\n]+)`", rest)
    asked = [re.sub(r"\s+#.*", "", line).strip() for line in lines]
    found = [line for line in asked if COMMAND.match(VARIABLE.sub("", line))]
    return list(dict.fromkeys(line.removeprefix("python ") for line in found))


def commands_in(document: str, root: Path) -> list[str]:
    return commands_of((root / document).read_text())
