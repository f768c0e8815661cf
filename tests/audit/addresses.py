"""For every address: the entry it leaves, or why it leaves none.

A name that ends in ":" stands for all addresses of that namespace that are not named themselves.
"""

from typing import NamedTuple

from audit.actions import Action


class Visit(NamedTuple):
    """What `who` does at an address, from the state a case has, and the entry that comes of it."""

    who: str
    method: str
    action: Action
    state: str = "waiting_review"
    data: dict = {}


LEAVES = {
    "registration:start": Visit("anonymous", "post", Action.START),
    "api:start": Visit("anonymous", "post", Action.START),
    "review:case": Visit("officer", "get", Action.CASE_VIEWED),
    "review:picture": Visit("officer", "get", Action.CASE_IMAGE_VIEWED),
    "review:search": Visit(
        "officer", "post", Action.CASE_SEARCHED, data={"text": "ABCD-EFGH-JKMN"}
    ),
    "review:take_next": Visit("officer", "post", Action.TAKE),
    "review:take": Visit("officer", "post", Action.TAKE),
    "review:release": Visit("officer", "post", Action.RELEASE, "in_review"),
    "review:decide": Visit("officer", "post", Action.APPROVE, "in_review", {"move": "approve"}),
    "review:undo": Visit("officer", "post", Action.TAKE_BACK, "verified"),
    "review:cases_file": Visit("officer", "get", Action.CASES_EXPORTED),
    "review:numbers_file": Visit("supervisor", "get", Action.CASES_EXPORTED),
    "pilot:case": Visit("officer", "get", Action.PILOT_CASE_VIEWED),
    "dashboards:file": Visit("supervisor", "get", Action.STATISTICS_EXPORTED),
    "audit:list": Visit("auditor", "get", Action.AUDIT_VIEWED),
    "audit:hints": Visit("auditor", "get", Action.AUDIT_VIEWED),
    "audit:export": Visit(
        "auditor",
        "post",
        Action.AUDIT_EXPORTED,
        data={"since": "2026-01-01", "until": "2026-01-02"},
    ),
}
# What these leave is asserted where they are walked with what they need.
WALKED = {
    "registration:": "tests/registration/test_way.py, by the same services as the API",
    "api:": "tests/registration/test_way.py",
    **dict.fromkeys(("registration:appeal", "api:appeal"), "tests/registration/test_appeals.py"),
    "counter:": "tests/registration/test_counter.py",
    "identity:access": "tests/identity/test_access_log.py",
    "identity:ask": "tests/identity/test_access_log.py",
    **dict.fromkeys(
        ("identity:add_device", "identity:rename_device", "identity:remove_device"),
        "tests/identity/test_devices.py",
    ),
    **dict.fromkeys(
        ("identity:add_passkey", "identity:ask_passkey"), "tests/identity/test_passkeys.py"
    ),
    **dict.fromkeys(("identity:set_pin", "identity:remove_way"), "tests/identity/test_pins.py"),
    "identity:short_ways": "tests/identity/test_pins.py",
    "identity:contact": "tests/identity/test_contacts.py",
    **dict.fromkeys(
        ("identity:end", "identity:keep", "identity_api:end", "identity_api:keep"),
        "tests/identity/test_ending.py",
    ),
    **dict.fromkeys(
        ("identity:data", "identity:data_file", "identity_api:copy"),
        "tests/identity/test_data_copy.py",
    ),
    "identity:correction": "tests/identity/test_correction.py",
    "identity_api:correction": "tests/identity/test_correction.py",
    "identity:password": "tests/identity/test_change_password.py",
    "identity:lock_others": "tests/identity/test_openings.py",
    "identity:lost": "tests/identity/test_lost_device.py",
    "identity:bind": "tests/identity/test_pages.py",
    "identity:unlock": "tests/identity/test_passwords.py",
    "identity_api:password": "tests/identity/test_change_password.py",
    "identity_api:check": "tests/identity/test_presentation.py",
    "identity:official_answer": "tests/identity/test_official_check.py",
    "questions:question": "tests/identity/test_questions.py",
    "audit:entry": "tests/audit/tree/test_reading.py",
    "audit_api:inclusion": "tests/audit/tree/test_reading.py",
    "review:face": "tests/registration/test_review_pictures.py",
    "review:reassign": "tests/registration/test_review_second.py",
    "review:reopen": "tests/registration/test_review_second.py",
    "pilot:decide": "tests/pilot",
    "pilot:new_terms": "tests/pilot",
    "rollout:later": "tests/rollout",
    "help_line:": "tests/registration/test_help_line.py",
    "levers:": "tests/offices/test_levers.py",
    **dict.fromkeys(
        ("people:invite", "people:link", "people:suspend", "people:reinstate"),
        "tests/offices/test_people.py",
    ),
    "people:end_own_session": "tests/offices/test_people.py",
    "people:end_all_sessions": "tests/offices/test_people.py",
    "people:person": "tests/offices/test_people.py",
    "people:accept": "tests/offices/test_people.py",
    "dashboards:summary": "tests/dashboards",
    "dashboards:stop_summary": "tests/dashboards",
    "relying_parties:": "tests/relying_parties",
    "relying_parties_api:": "tests/relying_parties",
    "admin:index": "tests/offices/test_admin.py",
}
SILENT = {
    "identity:": "the holder's own card, public keys, or a page without anybody's data",
    "audit_api:": "heads and proofs that tell nothing about anybody",
    "statistics_api:": "counts, small ones hidden",
    "dashboards:": "counts, small ones hidden",
    "review:": "lists without anybody's data, and the officer's own screen",
    "plan:": "counts of areas; an administrator's own page",
    "pilot:": "lists and pages without anybody's data",
    "help:": "guides, the same for everybody",
    "people:": "who works here, which everybody there may know",
    "questions:": "a list without the questions",
    "trying:": "the sample system's own, which no installation has",
}
PUBLIC = {  # or figures of the whole
    "about", "accessibility", "api_documentation", "api_schema", "arrived", "help", "live",
    "metrics", "offline", "privacy", "ready", "security_txt", "service", "service_worker",
    "set_language", "set_theme", "staff_service",
}  # fmt: skip
