"""The generations of the card, as far as pictures show them."""

from dataclasses import dataclass

from devstack.demo.specimens import layout
from devstack.demo.specimens.layout import Place

Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Generation:
    """`years` is how long a card is valid, `blue` the ink of English words, `chip` a form of
    artwork.py or empty where there is none. On `early` cards some lines are elsewhere
    (layout.EARLY), on `tight` ones only the English heading of the number.
    """

    first_year: int
    years: int
    name_label: str
    blue: Colour
    chip: str
    seal: Colour
    religion: bool
    early: bool = False
    tight: bool = False

    @property
    def barcode(self) -> layout.Box:
        left, top, right, bottom = layout.BARCODE
        return left, top, right, layout.BARCODE_BOTTOM_EARLY if self.early else bottom

    def place(self, name: str, printed: Place) -> Place:
        """Where a line named `name` stands on a card of this generation."""
        moved = self.early or (self.tight and name == "id_label_en")
        if not moved or name not in layout.EARLY:
            return printed
        left, baseline, right = layout.EARLY[name]
        return printed._replace(left=left, baseline=baseline, right=right)


PALE, DEEP = (132, 122, 166), (66, 79, 122)
RED, ORANGE = (214, 66, 72), (226, 128, 78)
OLD_NAME, NEW_NAME = "ชื่อ/นามสกุล", "ชื่อตัวและชื่อสกุล"
GENERATIONS = (
    Generation(2005, 6, OLD_NAME, PALE, "round", ORANGE, religion=False, early=True),
    Generation(2011, 6, NEW_NAME, DEEP, "square", RED, religion=True, tight=True),
    Generation(2012, 8, NEW_NAME, DEEP, "square", RED, religion=True),
    Generation(2020, 8, NEW_NAME, DEEP, "plate", RED, religion=True),
)


def generation_of(issue_date: str) -> Generation:
    """The one that a card issued on this ISO date belongs to."""
    year = int(issue_date[:4])
    return next((one for one in GENERATIONS[::-1] if year >= one.first_year), GENERATIONS[0])
