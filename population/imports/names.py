"""Names of a file's rows: the rules of the citizen's form (identity.cleaning), and whether what
is there can be a name at all. Most names are plain and pass column by column; the others go one
by one.
"""

import re
import unicodedata

import polars as pl
from django.core.exceptions import ValidationError

from identity.cleaning import clean_name
from identity.person import FIELDS
from identity.text import SIGNS, Script, says_nothing

PLAIN_THAI = r"^[ก-ฮเแโใไ][\u0E01-\u0E3A\u0E40-\u0E4C .\-()]*$"
# What `tidy` would write in another way, and what is left of Thai in UTF-8 read as Windows-874.
NOT_PLAIN_THAI = (
    r"เเ|[\u0E48-\u0E4C][\u0E31\u0E34-\u0E3A\u0E47]|[\u0E30\u0E32\u0E33][\u0E48-\u0E4C]|  |^[เแโใไ]"
    r"[^ก-ฮ]|เ[ธน].*เ[ธน]"
)
PLAIN_ENGLISH = r"^[A-Za-z][A-Za-z .,'\-()]*$"
BEGINS_THAI = re.compile(r"^\(?([ก-ฮ]|[เแโใไ][ก-ฮ])")
BROKEN = frozenset({"Cc", "Co", "Cs", "Cn"})  # control, private, half a pair, no character
WRITTEN = frozenset({"Lu", "Ll", "Mn", "Zs", "Cf"})
REPLACED = "\ufffd"
UTF8_LEAD, LEAST_LETTERS = b"\xe0", 2
LONGEST = 400  # with all that tidying leaves out, which takes its time
REASONS = {"required": "empty", "too_long": "too_long"}
FAULT = "name_fault"


def with_clean_names(frame: pl.DataFrame, names: tuple[str, ...]) -> pl.DataFrame:
    """The names in one form of writing, and FAULT: why a row's are not taken, or null."""
    faults = []
    for name in names:
        values = frame.filter(~_plain(name))[name].unique().to_list()
        if values:
            judged = [judge_name(name, value) for value in values]
            texts, reasons = map(list, zip(*judged, strict=True))
            found = pl.Series(values, dtype=pl.String)
            said = pl.col(name).replace_strict(
                found, pl.Series(reasons, dtype=pl.String), default=None, return_dtype=pl.String
            )
            frame = frame.with_columns(
                said.alias(f"{FAULT}_{name}"),
                pl.col(name).replace_strict(found, pl.Series(texts), default=pl.col(name)),
            )
            faults.append(f"{FAULT}_{name}")
    fault = pl.coalesce(faults) if faults else pl.lit(None, dtype=pl.String)
    return frame.with_columns(fault.alias(FAULT)).drop(faults)


def judge_name(name: str, raw: str) -> tuple[str, str | None]:
    """The name as it is kept, and the code of the reason not to take it, or None."""
    if len(raw) > LONGEST:
        return raw, "too_long"
    english = FIELDS[name].script in {Script.ENGLISH, Script.TITLE_EN}
    if _is_broken(raw) or (_is_no_latin(raw) if english else _is_utf8_as_874(raw)):
        return raw, "unreadable"
    try:
        text = clean_name(name, raw)
    except ValidationError as error:
        return raw, REASONS.get(error.code or "", "script")
    if not text:
        return text, None if says_nothing(raw.translate(SIGNS)) else "unreadable"
    begins = (
        text[0].isascii() and text.strip("(")[:1].isalpha()
        if english
        else (BEGINS_THAI.match(text))
    )
    return text, None if begins else "script"


def _plain(name: str) -> pl.Expr:
    column = pl.col(name)
    if FIELDS[name].script in {Script.ENGLISH, Script.TITLE_EN}:
        plain = column.str.contains(PLAIN_ENGLISH) & ~column.str.contains("  ", literal=True)
    else:
        plain = column.str.contains(PLAIN_THAI) & ~column.str.contains(NOT_PLAIN_THAI)
    return plain | (column == "")


def _is_broken(text: str) -> bool:
    return any(one == REPLACED or unicodedata.category(one) in BROKEN for one in text)


def _is_no_latin(text: str) -> bool:
    """Thai read as a western encoding has ordinal signs, cedillas and fractions among letters."""
    return any(
        not one.isascii() and ord(one) not in SIGNS and unicodedata.category(one) not in WRITTEN
        for one in text
    )


def _is_utf8_as_874(text: str) -> bool:
    """Whether these Thai letters are the bytes of other Thai letters in UTF-8."""
    try:
        data = text.encode("cp874")
        data.decode()
    except UnicodeError:
        return False
    return data.count(UTF8_LEAD) >= LEAST_LETTERS
