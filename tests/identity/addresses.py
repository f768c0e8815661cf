"""Who may open the pages of devices and messages: rows of tests/test_access.py, and what the
addresses take.
"""

import uuid

HOLDER_ONLY, EVERYBODY, OVER = (302,) * 5, (200,) * 5, (410,) * 5
NO_TOKEN = (401,) * 5
TURNS = ("resume_challenge", "resume_challenge_step")
OF_RESUMING = ("resume_id", "resume_selfie", "resume_checking", "resume_status")
OF_THE_APP = ("password", "end", "keep", "copy", "correction")
OF_OWN = (
    "identity:own",
    "identity:password",
    *[f"identity:{name}" for name in ("end", "keep", "data", "data_file", "correction")],
)
OF_SHORT_WAYS = (
    "short_ways", "set_pin", "add_passkey", "new_passkey", "remove_way", "ask_passkey",
)  # fmt: skip
OF_DEVICES = {
    "identity:devices": ("get", HOLDER_ONLY),
    "identity:remove_device": ("get", HOLDER_ONLY),
    "identity:rename_device": ("get", HOLDER_ONLY),
    "identity:add_device": ("get", HOLDER_ONLY),
    **{f"identity:{name}": ("get", HOLDER_ONLY) for name in OF_SHORT_WAYS},
    "identity:inbox": ("get", HOLDER_ONLY),
    **dict.fromkeys(OF_OWN, ("get", HOLDER_ONLY)),
    **{f"identity_api:{name}": ("post", NO_TOKEN) for name in OF_THE_APP},
    "identity:lock_others": ("post", HOLDER_ONLY),
    **{f"registration:{name}": ("get", HOLDER_ONLY) for name in OF_RESUMING},
    **{f"registration:{name}": ("post", HOLDER_ONLY) for name in TURNS},
    "registration:resume_remove": ("post", HOLDER_ONLY),
    **{f"api:{name}": ("post", NO_TOKEN) for name in ("resume_id", *TURNS)},
    "identity:seen": ("post", HOLDER_ONLY),
    "identity:contact": ("get", HOLDER_ONLY),
    "identity:join": ("get", OVER),
    "identity:lost": ("get", EVERYBODY),
    "registration:renew": ("get", EVERYBODY),
    "registration:appeal": ("get", HOLDER_ONLY),
    "api:appeal": ("post", NO_TOKEN),
    "rollout:line": ("get", HOLDER_ONLY),
    "line_api:line": ("get", EVERYBODY),
}
ARGUMENTS_OF_DEVICES = {
    "identity:remove_device": {"pk": uuid.UUID(int=0)},
    "identity:rename_device": {"pk": uuid.UUID(int=0)},
    "identity:remove_way": {"pk": uuid.UUID(int=0), "way": "pin"},
    "registration:resume_remove": {"pk": uuid.UUID(int=0)},
    "identity:seen": {"pk": uuid.UUID(int=0)},
    "line_api:line": {"number": 7},
    "identity:join": {"secret": "a-secret-that-is-not"},
}
