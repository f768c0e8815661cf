"""Numbers, codes and dates of a file's rows in the one form of writing that is kept: without the
hyphens and spaces of print, in Arabic digits. What only few rows have goes one by one, by the rules
of the citizen's form (identity.text). What nothing would be left of stays as it is, and is faulty.
"""

import unicodedata
from string import digits

import polars as pl

from identity.text import tidy
from population.imports.names import BROKEN

NUMBER, DATE, CODE = r"^[0-9]*$", r"^[0-9-]*$", r"^[A-Z0-9-]*$"
PLAIN = {
    "number": NUMBER,
    "office_code": NUMBER,
    "laser_code": CODE,
    **dict.fromkeys(("birth_date", "activated_on", "expires_on"), DATE),
}
THAI, SMALL = "๐๑๒๓๔๕๖๗๘๙", "abcdefghijklmnopqrstuvwxyz"
WRITTEN = dict(zip(THAI + SMALL, digits + SMALL.upper(), strict=True))
LONGEST = 40  # more is no number, however it is written


def with_plain_codes(frame: pl.DataFrame) -> pl.DataFrame:
    for name, plain in PLAIN.items():
        if name not in frame.columns or frame[name].str.contains(plain).all():
            continue
        frame = frame.with_columns(_at_once(name, plain))
        odd = frame.filter(~pl.col(name).str.contains(plain))[name].unique()
        others = odd.filter(odd.str.len_chars() <= LONGEST)
        if len(others):
            texts = pl.Series([_one(text, plain) for text in others], dtype=pl.String)
            rewritten = pl.col(name).replace_strict(others, texts, default=pl.col(name))
            frame = frame.with_columns(rewritten)
    return frame


def _at_once(name: str, plain: str) -> pl.Expr:
    """What a whole file may be written in."""
    text = pl.col(name).str.replace_many(WRITTEN)
    if plain == DATE:
        return text
    bare = text.str.replace_all("[ -]", "")
    return pl.when(bare == "").then(text).otherwise(bare)


def _one(raw: str, plain: str) -> str:
    if any(unicodedata.category(one) in BROKEN for one in raw):
        return raw
    text = tidy(raw)
    if plain != DATE:
        text = "".join(one for one in text if one not in " -")
    return text or raw
