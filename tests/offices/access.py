"""Who may open the pages of the levers and the plan: administrators alone, auditors neither. And
the guides: each for whom its pages are. And the help line: its agents alone.
"""

import uuid

NOBODY_ELSE, THERE_IS_NONE = (302, 302, 403, 403, 302), (302, 302, 403, 403, 404)
OF_LEVERS = {
    **dict.fromkeys(("levers:list", "plan:page"), ("get", (302, 302, 403, 403, 200))),
    **dict.fromkeys(("levers:ask", "levers:proposal"), ("get", NOBODY_ELSE)),  # a code comes first
    **dict.fromkeys(("levers:decline", "levers:undo"), ("post", THERE_IS_NONE)),
}
OF_GUIDES = {
    "help:index": ("get", (302,) * 5),
    "help:guide": ("get", (302, 302, 200, 200, 403)),
}
ARGUMENTS_OF_GUIDES = {
    "help:guide": {"name": "officer"},
    **{f"help_line:{name}": {"pk": uuid.UUID(int=0)} for name in ("look", "suspend", "step")},
}
OF_HELP_LINE = {
    "help_line:home": ("get", (302, 302, 403, 403, 403)),
    **dict.fromkeys(("help_line:search", "help_line:code"), ("post", (302, 302, 403, 403, 403))),
    **dict.fromkeys(("help_line:look", "help_line:step"), ("get", (302, 302, 403, 403, 403))),
    "help_line:suspend": ("post", (302, 302, 403, 403, 403)),
}
OF_CALLS = {"registration:help_code": ("get", (302,) * 5), "api:help_code": ("post", (401,) * 5)}
OF_OFFICES = OF_LEVERS | OF_GUIDES | OF_HELP_LINE | OF_CALLS
OF_OFFICES_DIFFERENT = {
    "plan:page": (403, 403, 403),
    "levers:list": (200, 200, 403),
    "levers:ask": (302, 403, 403),
    "levers:proposal": (302, 302, 403),
    "levers:decline": (404, 404, 403),
    "levers:undo": (404, 403, 403),
    **dict.fromkeys(("people:list", "people:person"), (200, 403, 200)),
    "people:invite": (200, 403, 403),
    **dict.fromkeys(("people:suspend", "people:reinstate"), (302, 403, 403)),
    **dict.fromkeys(("people:link", "people:end_all_sessions"), (403, 403, 403)),
    "help:guide": (200, 200, 200),
}
OF_A_LEVER = [f"levers:{name}" for name in ("proposal", "decline", "undo")]
