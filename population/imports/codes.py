"""Numbers, codes and dates of a file's rows in the one form of writing that is kept: without the
hyphens and spaces of print, in Arabic digits. Most are in it; the others go one by one, by the
rules of the citizen's form (identity.text).
"""

import polars as pl

from identity.text import tidy

DIGITS, DATE, LASER = r"^[0-9]*$", r"^[0-9-]*$", r"^[A-Z0-9-]*$"
PLAIN = {
    "number": DIGITS,
    "office_code": DIGITS,
    "laser_code": LASER,
    **dict.fromkeys(("birth_date", "activated_on", "expires_on"), DATE),
}


def with_plain_codes(frame: pl.DataFrame) -> pl.DataFrame:
    for name, plain in PLAIN.items():
        if name not in frame.columns:
            continue
        others = frame.filter(~pl.col(name).str.contains(plain))[name].unique()
        if len(others):
            texts = [tidy(one) if plain == DATE else _code(one) for one in others]
            frame = frame.with_columns(
                pl.col(name).replace_strict(others, pl.Series(texts), default=pl.col(name))
            )
    return frame


def _code(raw: str) -> str:
    return "".join(one for one in tidy(raw).upper() if one not in " -")
