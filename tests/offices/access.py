"""Who may open the pages of the levers and the plan: administrators alone, auditors neither. And
the guides: each for whom its pages are. And the help line: its agents alone.
"""

import uuid

from tests.appointments.access import (
    ARGUMENTS_OF_APPOINTMENTS,
    OF_APPOINTMENTS,
    OF_APPOINTMENTS_DIFFERENT,
)
from tests.audit.access import ARGUMENTS_OF_AUDIT, OF_AUDIT

NOBODY = (302, 302, 403, 403, 403)  # of whom the rows name: officers of provinces alone
OF_EXERCISES = {
    **dict.fromkeys(("exercises:list", "exercises:make"), ("get", NOBODY)),
    **dict.fromkeys(("exercises:show", "exercises:picture"), ("get", NOBODY)),
    **dict.fromkeys(("exercises:answer", "exercises:end"), ("post", NOBODY)),
}
OF_EXERCISES_DIFFERENT = {
    **dict.fromkeys(OF_EXERCISES, (403, 404, 403)),
    **dict.fromkeys(("exercises:list", "exercises:make"), (403, 200, 403)),
}
ARGUMENTS_OF_EXERCISES = {
    "exercises:picture": {"pk": uuid.UUID(int=0), "kind": "selfie"},
    **{f"exercises:{name}": {"pk": uuid.UUID(int=0)} for name in ("show", "answer", "end")},
}
NOBODY_ELSE, THERE_IS_NONE = (302, 302, 403, 403, 302), (302, 302, 403, 403, 404)
OF_LEVERS = {
    **dict.fromkeys(("levers:list", "plan:page"), ("get", (302, 302, 403, 403, 200))),
    **dict.fromkeys(("levers:ask", "levers:proposal"), ("get", NOBODY_ELSE)),  # a code comes first
    "levers:decline": ("post", NOBODY_ELSE),
    "plan:ask": ("post", NOBODY_ELSE),
    "levers:undo": ("post", THERE_IS_NONE),
}
OF_GUIDES = {
    "help:index": ("get", (302,) * 5),
    "help:guide": ("get", (302, 302, 200, 200, 403)),
}
ARGUMENTS_OF_GUIDES = ARGUMENTS_OF_AUDIT | {
    **ARGUMENTS_OF_APPOINTMENTS,
    **ARGUMENTS_OF_EXERCISES,
    "dashboards:value": {"key": "drop"},
    **{name: {"pk": 0} for name in ("dashboards:remove_view", "dashboards:report")},
    "dashboards:stop_report": {"token": "a-token-that-is-not"},
    "help:guide": {"name": "officer"},
    **{f"review:{name}": {"pk": uuid.UUID(int=0)} for name in ("reassigned", "undo_many")},
    **{f"people:{name}": {"digest": "0" * 64} for name in ("listed", "ask_for_list", "send_again")},
    **{f"help_line:{name}": {"pk": uuid.UUID(int=0)} for name in ("look", "suspend", "step")},
}
OF_HELP_LINE = {
    "help_line:home": ("get", (302, 302, 403, 403, 403)),
    **dict.fromkeys(("help_line:search", "help_line:code"), ("post", (302, 302, 403, 403, 403))),
    **dict.fromkeys(("help_line:look", "help_line:step"), ("get", (302, 302, 403, 403, 403))),
    "help_line:suspend": ("post", (302, 302, 403, 403, 403)),
}
OF_CALLS = {"quality:page": ("get", (302, 302, 200, 200, 200))} | {
    "registration:help_code": ("get", (302,) * 5),
    "api:help_code": ("post", (401,) * 5),
}
OF_NOTES = {
    "dashboards:notes": ("get", (302, 302, 403, 403, 200)),
    "dashboards:remove_note": ("post", THERE_IS_NONE),
    "dashboards:values": ("get", (302, 302, 403, 403, 200)),
    "dashboards:views": ("get", (302, 302, 403, 403, 200)),
    "dashboards:start_view": ("post", (302, 302, 403, 403, 302)),
    "dashboards:remove_view": ("post", THERE_IS_NONE),
    "dashboards:report": ("get", THERE_IS_NONE),
    "dashboards:stop_report": ("get", (404,) * 5),
    "dashboards:value": ("get", (302, 302, 403, 403, 200)),
}
OF_WORKLOAD = {
    **{f"review:{name}": ("get", (302, 302, 403, 403, 403)) for name in ("workload", "reassigned")},
    "review:reassign_many": ("get", (302, 302, 403, 403, 403)),
    "review:undo_many": ("post", (302, 302, 403, 403, 403)),
}
OF_READINESS = {
    "readiness:page": ("get", (302, 302, 403, 403, 200)),
    "readiness:say": ("post", (302, 302, 403, 403, 403)),
}
CENTRAL_POST = (302, 302, 403, 403, 302)
OF_PEOPLE = {
    "people:acting": ("get", (302, 302, 200, 200, 403)),
    "people:join": ("get", (302, 302, 403, 403, 403)),
    **dict.fromkeys(("people:further", "people:switch_off"), ("post", CENTRAL_POST)),
    **dict.fromkeys(("people:end_membership", "people:send_again"), ("post", CENTRAL_POST)),
    **dict.fromkeys(("people:lists", "people:list_template"), ("get", (302, 302, 403, 403, 200))),
    "people:listed": ("get", (302, 302, 403, 403, 404)),
    "people:ask_for_list": ("post", (302, 302, 403, 403, 404)),
}
OF_OFFICES = OF_PEOPLE | OF_LEVERS | OF_GUIDES | OF_HELP_LINE | OF_CALLS | OF_NOTES
OF_OFFICES |= OF_AUDIT | OF_APPOINTMENTS | OF_WORKLOAD | OF_EXERCISES | OF_READINESS
OF_OFFICES_DIFFERENT = (
    OF_APPOINTMENTS_DIFFERENT
    | OF_EXERCISES_DIFFERENT
    | {
        **dict.fromkeys(("plan:page", "plan:ask"), (403, 403, 403)),
        "readiness:page": (200, 200, 200),
        "readiness:say": (400, 403, 403),
        "review:workload": (200, 200, 403),
        "review:reassign_many": (302, 302, 403),  # a code comes first
        **dict.fromkeys(("review:reassigned", "review:undo_many"), (404, 404, 403)),
        "dashboards:notes": (200, 200, 200),
        "dashboards:remove_note": (403, 403, 403),
        **dict.fromkeys(("dashboards:values", "dashboards:views"), (200, 200, 200)),
        "dashboards:start_view": (302, 302, 302),
        **dict.fromkeys(("dashboards:remove_view", "dashboards:report"), (404, 404, 404)),
        "dashboards:value": (403, 403, 403),
        "levers:list": (200, 200, 403),
        "levers:ask": (302, 403, 403),
        "levers:proposal": (302, 302, 403),
        "levers:decline": (302, 302, 403),
        "levers:undo": (404, 403, 403),
        **dict.fromkeys(("people:list", "people:person"), (200, 403, 200)),
        "people:invite": (200, 403, 403),
        "people:acting": (200, 403, 403),
        "people:join": (200, 403, 403),
        **dict.fromkeys(("people:further", "people:end_membership"), (302, 403, 403)),
        "people:lists": (200, 200, 403),
        "people:list_template": (200, 403, 403),
        "people:listed": (404, 404, 403),
        "people:ask_for_list": (404, 403, 403),
        "people:send_again": (302, 403, 403),
        "people:switch_off": (403, 403, 403),
        **dict.fromkeys(("people:suspend", "people:reinstate"), (302, 403, 403)),
        **dict.fromkeys(("people:link", "people:end_all_sessions"), (403, 403, 403)),
        "help:guide": (200, 200, 200),
    }
)
OF_A_LEVER = [f"levers:{name}" for name in ("proposal", "decline", "undo")]
OF_A_LEVER += ["dashboards:remove_note"]
OF_A_PERSON = {
    f"people:{name}"
    for name in (
        "person link suspend reinstate end_all_sessions further end_membership switch_off".split()
    )
}
