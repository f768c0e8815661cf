"""Names what a photo shows in place of the side of the card that was asked for."""

import re
from collections.abc import Iterable

from verification.cards.registration.labels import ReadRow, find_labels

BACK = re.compile(r"THAILAND|ประเทศไทย|[A-Z]{2}\d-\d{7}-\d{2}")
LICENCE = re.compile("อนุญาต|ฉบับท|สิ้นอายุ|นายทะเบียน|(?i:driving *licen)")
NON_THAI = re.compile("สัญชาติ|คนซึ่ง|ซึ่งไม่|(?i:non-? *thai)")
OTHERS = ("non_thai_card", "driving_licence")
FEWEST_LABELS = 2


def named(rows: Iterable[ReadRow]) -> str:
    """A code of verification.cards.problems, by what was read in the photo."""
    read = list(rows)
    texts = " ".join(one.reading.text for one in read)
    for code, words in (
        (OTHERS[0], NON_THAI),
        (OTHERS[1], LICENCE),
        ("back_shown", BACK),
    ):
        if words.search(texts):
            return code
    return "front_shown" if len(find_labels(read)) >= FEWEST_LABELS else "not_a_thai_id_card"
