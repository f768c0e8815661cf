"""What a file of the population register has to look like. docs/imports.md says it for people."""

from dataclasses import dataclass, field

from core.sentences import in_words

COLUMNS = (
    "number",
    "title_th",
    "first_name_th",
    "last_name_th",
    "title_en",
    "first_name_en",
    "last_name_en",
    "birth_date",
    "office_code",
    "status",
    "laser_code",
)
PERSON = (
    "number",
    "title_th",
    "first_name_th",
    "last_name_th",
    "title_en",
    "first_name_en",
    "last_name_en",
    "birth_date",
)
MAY_BE_EMPTY = frozenset({"last_name_th", "last_name_en", "laser_code"})
STATUSES = ("alive", "deceased", "removed")


class BadFile(Exception):
    """The file as a whole cannot be read; says why and what to do.

    `said` is marked by gettext_noop: a run keeps it with its values, for readers of any language.
    """

    def __init__(self, said: str, **values: str) -> None:
        super().__init__(said)
        self.said, self.values = said, values

    def __str__(self) -> str:
        return in_words(self.said, self.values)


@dataclass(frozen=True)
class Chunk:
    """A stretch of whole lines in UTF-8. `number` counts from 0; `first_line` from 1, the file's
    first.

    `size` is how many bytes of the file it took, compressed or not: the progress is made of it.
    """

    number: int
    first_line: int
    data: bytes
    size: int
    separator: str = ","

    @property
    def lines(self) -> int:
        """How many, without the header."""
        return self.data.count(b"\n") - 1


@dataclass(frozen=True)
class Rejected:
    """A line that was not loaded and the code of the reason (population.rejections.REASONS).

    `office` is what the line says, which may be no office at all; `number` whose line it is, ""
    where it names nobody.
    """

    line: int
    reason: str
    office: str = ""
    number: str = field(default="", repr=False)
