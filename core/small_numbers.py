"""JSON of strangers in forms."""

import json
from typing import Any

LONGEST = 18  # digits: what a database's whole number holds


class SmallNumbers(json.JSONDecoder):
    """For forms.JSONField, which answers broken JSON with a sentence, but not the ValueError that
    Python raises for numbers of thousands of digits.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, parse_int=_small)


def _small(digits: str) -> int:
    if len(digits) > LONGEST:
        raise json.JSONDecodeError("a number too large", digits, 0)
    return int(digits)
