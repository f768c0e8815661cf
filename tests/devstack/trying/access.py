"""Who may open the pages of /try/: everybody, where they are. Rows of tests/test_access.py."""

EVERYBODY, NOBODY_BUT_POST, NOTHING_THERE = (200,) * 5, (405,) * 5, (404,) * 5
PRESSES = ("be", "nobody", "sign_in", "hold", "check", "start", "make_register")
OF_TRYING = {
    **{f"trying:{name}": ("get", EVERYBODY) for name in ("index", "person", "camera", "story")},
    **dict.fromkeys(("trying:picture", "trying:copy"), ("get", EVERYBODY)),
    **{f"trying:{name}": ("get", NOBODY_BUT_POST) for name in PRESSES},
    "trying:look": ("get", (302,) * 5),
    "trying:film": ("get", NOTHING_THERE),  # it is none of this minute
    "trying:code": ("get", NOTHING_THERE),  # no account is chosen
}
ARGUMENTS_OF_TRYING = {
    **{key: {"slug": "alone"} for key in ("trying:person", "trying:be")},
    "trying:picture": {"slug": "alone", "name": "back"},
    "trying:film": {"slug": "alone", "take": 1, "name": "straight"},
    "trying:sign_in": {"name": "officer"},
    "trying:hold": {"place": 0},
    **{key: {"slug": "morning"} for key in ("trying:story", "trying:start")},
    "trying:look": {"slug": "morning", "place": 1},
}
