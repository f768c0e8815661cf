"""Names what a photo shows in place of the side of the card that was asked for."""

import re
from collections.abc import Iterable

from verification.cards.registration.labels import ReadRow, find_labels

BACK = re.compile("THAILAND|ประเทศไทย")
LICENCE = re.compile("ใบอนุญาตขับ|ขับรถ|(?i:driving *licen)")
NON_THAI = re.compile("ไม่มีสัญชาติ|ซึ่งไม่มี|(?i:non-? *thai)")
FEWEST_LABELS = 2


def named(rows: Iterable[ReadRow]) -> str:
    """A code of verification.cards.problems, by what was read in the photo."""
    read = list(rows)
    texts = " ".join(one.reading.text for one in read)
    for code, words in (
        ("non_thai_card", NON_THAI),
        ("driving_licence", LICENCE),
        ("back_shown", BACK),
    ):
        if words.search(texts):
            return code
    return "front_shown" if len(find_labels(read)) >= FEWEST_LABELS else "not_a_thai_id_card"
