"""Who may open the pages of the levers and the plan: administrators alone, auditors neither. And
the guides: each for whom its pages are.
"""

NOBODY_ELSE, THERE_IS_NONE = (302, 302, 403, 403, 302), (302, 302, 403, 403, 404)
NAMES = ("list", "ask", "proposal", "decline", "undo")
OF_LEVERS = {
    **dict.fromkeys(("levers:list", "plan:page"), ("get", (302, 302, 403, 403, 200))),
    **dict.fromkeys(("levers:ask", "levers:proposal"), ("get", NOBODY_ELSE)),  # a code comes first
    **dict.fromkeys(("levers:decline", "levers:undo"), ("post", THERE_IS_NONE)),
}
OF_GUIDES = {
    "help:index": ("get", (302,) * 5),
    "help:guide": ("get", (302, 302, 200, 200, 403)),
}
ARGUMENTS_OF_GUIDES = {"help:guide": {"name": "officer"}}
OF_OFFICES = OF_LEVERS | OF_GUIDES
OF_OFFICES_DIFFERENT = {
    **dict.fromkeys(("plan:page", *(f"levers:{name}" for name in NAMES)), (403, 403, 403)),
    "help:guide": (200, 200, 200),
}
OF_A_LEVER = [f"levers:{name}" for name in ("proposal", "decline", "undo")]
