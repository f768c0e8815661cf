"""Who may open the pages of appointments: rows of tests/test_access.py. Citizens' are everybody's,
the counter's are of who registers people there, hours are the supervisor's.
"""

import uuid

EVERYBODY, NO_TOKEN = (200,) * 5, (401,) * 5
NOBODY_OF_THESE = (302, 302, 403, 403, 403)
HERE_IS_NONE = (302, 302, 404, 404, 403)
ON_ONE = ("appointment", "mark", "begin")
OF_APPOINTMENTS = {
    **{f"appointments:{name}": ("get", EVERYBODY) for name in ("offices", "office", "mine")},
    "appointments:cancel": ("get", (302,) * 5),
    "appointments:file": ("get", (404,) * 5),
    **{f"appointments_api:{name}": ("get", EVERYBODY) for name in ("offices", "times")},
    "appointments_api:appointment": ("get", NO_TOKEN),
    "counter_appointments:list": ("get", (302, 302, 200, 200, 403)),
    "counter_appointments:find": ("post", (302, 302, 422, 422, 403)),
    "counter_appointments:figures": ("get", (302, 302, 403, 403, 200)),
    **{
        f"counter_appointments:{name}": ("get", NOBODY_OF_THESE)
        for name in ("hours", "remove_hours", "open_day")
    },
    "counter_appointments:close_day": ("post", NOBODY_OF_THESE),
    "counter_appointments:appointment": ("get", HERE_IS_NONE),
    **{f"counter_appointments:{name}": ("post", HERE_IS_NONE) for name in ("mark", "begin")},
}
OF_APPOINTMENTS_DIFFERENT = {
    "counter_appointments:list": (200, 403, 403),
    "counter_appointments:find": (422, 403, 403),
    "counter_appointments:figures": (200, 200, 200),
    "counter_appointments:hours": (200, 403, 403),
    "counter_appointments:close_day": (422, 403, 403),
    **{f"counter_appointments:{name}": (404, 403, 403) for name in ("remove_hours", "open_day")},
    **{f"counter_appointments:{name}": (404, 403, 403) for name in ON_ONE},
}
ARGUMENTS_OF_APPOINTMENTS = {
    "appointments:office": {"code": "1206"},
    "appointments_api:times": {"code": "1206"},
    **{f"counter_appointments:{name}": {"pk": uuid.UUID(int=0)} for name in ON_ONE},
    **{f"counter_appointments:{name}": {"pk": 0} for name in ("remove_hours", "open_day")},
}
