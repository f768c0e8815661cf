"""Who may open the pages of the levers: administrators alone, auditors neither."""

NOBODY_ELSE, THERE_IS_NONE = (302, 302, 403, 403, 302), (302, 302, 403, 403, 404)
NAMES = ("list", "ask", "proposal", "decline", "undo")
OF_LEVERS = {
    "levers:list": ("get", (302, 302, 403, 403, 200)),
    **dict.fromkeys(("levers:ask", "levers:proposal"), ("get", NOBODY_ELSE)),  # a code comes first
    **dict.fromkeys(("levers:decline", "levers:undo"), ("post", THERE_IS_NONE)),
}
OF_LEVERS_DIFFERENT = {f"levers:{name}": (403, 403, 403) for name in NAMES}
OF_A_LEVER = [f"levers:{name}" for name in ("proposal", "decline", "undo")]
