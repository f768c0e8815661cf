"""What the sender of a file says it holds, told apart from the file itself.

A file that was cut at the end of a line looks whole. Whoever is missing from it counts as removed,
so a file that holds everybody needs such a word, and is refused where it holds something else.
"""

import hashlib
from dataclasses import dataclass

from django.utils.translation import gettext_lazy, gettext_noop

from population.imports.contract import BadFile
from population.imports.sources import Source
from population.models import ImportRun

UNDECLARED = gettext_lazy(
    "A file that holds everybody needs its count of people or its SHA-256 beside it."
)


@dataclass(frozen=True)
class Declared:
    """How many people the file holds, without the header, and its SHA-256; either may be unsaid."""

    rows: int | None = None
    sha256: str = ""

    @property
    def anything(self) -> bool:
        return self.rows is not None or bool(self.sha256)


UNSAID = Declared()


def refuse_what_was_not_declared(run: ImportRun, source: Source) -> None:
    """Once all of the file has been read; raises BadFile."""
    held = run.rows + run.rejected
    if run.declared_rows is not None and held != run.declared_rows:
        raise BadFile(
            gettext_noop(
                "People in the file by its sender's word: %(declared)s. People found in it: "
                "%(found)s. Transfer it again."
            ),
            declared=f"{run.declared_rows:,}",
            found=f"{held:,}",
        )
    if run.declared_sha256 and _sha256(source) != run.declared_sha256:
        raise BadFile(
            gettext_noop("The file has another SHA-256 than was declared. Transfer it again.")
        )


def _sha256(source: Source) -> str:
    digest = hashlib.sha256()
    with source.open("rb") as file:
        while block := file.read(2**20):
            digest.update(block)
    return digest.hexdigest()
