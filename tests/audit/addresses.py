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
    "counter_appointments:list": Visit("officer", "get", Action.APPOINTMENTS_LISTED),
    "audit:list": Visit("auditor", "get", Action.AUDIT_VIEWED),
    "audit:alerts": Visit("auditor", "get", Action.AUDIT_VIEWED),
    "audit:find": Visit(
        "auditor", "post", Action.AUDIT_VIEWED, data={"about": "office", "text": "12"}
    ),
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
    **dict.fromkeys(
        [f"audit:{name}" for name in ("saved_search", "save_search", "delete_search")],
        "tests/audit/test_saved_searches.py",
    ),
    "audit:find_file": "tests/audit/tree/test_search_files.py",
    "audit:alert": "tests/audit/test_alerts.py",
    "audit:entry": "tests/audit/tree/test_reading.py",
    "audit_api:inclusion": "tests/audit/tree/test_reading.py",
    "review:face": "tests/registration/test_review_pictures.py",
    "review:reassign": "tests/registration/test_review_second.py",
    "review:reassign_many": "tests/registration/test_reassigning.py",
    "review:undo_many": "tests/registration/test_reassigning.py",
    "review:reopen": "tests/registration/test_review_second.py",
    "pilot:decide": "tests/pilot",
    "pilot:new_terms": "tests/pilot",
    "rollout:later": "tests/rollout",
    "readiness:": "tests/rollout/test_readiness.py",
    "appointments:": "tests/appointments/test_booking.py",
    "appointments_api:": "tests/appointments/test_booking.py",
    "counter_appointments:": "tests/appointments/test_counter.py",
    **dict.fromkeys(
        [
            f"counter_appointments:{name}"
            for name in ("hours", "remove_hours", "close_day", "open_day")
        ],
        "tests/appointments/test_hours.py",
    ),
    "exercises:": "tests/registration/test_exercises_made.py",
    "help_line:": "tests/registration/test_help_line.py",
    "levers:": "tests/offices/test_levers.py",
    **dict.fromkeys(
        ("people:invite", "people:link", "people:suspend", "people:reinstate"),
        "tests/offices/test_people.py",
    ),
    **dict.fromkeys(
        ("people:acting", "people:further", "people:end_membership", "people:join"),
        "tests/offices/test_several_offices.py",
    ),
    "people:switch_off": "tests/offices/test_off_lever.py",
    **dict.fromkeys(
        ("people:lists", "people:ask_for_list", "people:send_again"), "tests/offices/test_lists.py"
    ),
    "people:end_own_session": "tests/offices/test_people.py",
    "people:end_all_sessions": "tests/offices/test_people.py",
    "people:person": "tests/offices/test_people.py",
    "people:accept": "tests/offices/test_people.py",
    **dict.fromkeys(
        ("dashboards:notes", "dashboards:remove_note"), "tests/dashboards/test_notes.py"
    ),
    **dict.fromkeys(
        ("dashboards:report", "dashboards:stop_report"), "tests/dashboards/test_reports.py"
    ),
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
    "quality:": "counts, small ones hidden, and references of decided cases",
    "plan:": "counts of areas; an administrator's own page",
    "pilot:": "lists and pages without anybody's data",
    "counter_appointments:figures": "counts of offices",
    "help:": "guides, the same for everybody",
    "people:": "who works here, which everybody there may know",
    "questions:": "a list without the questions",
    "rollout:line": "where a number stands, which names nobody",
    "line_api:": "where a number stands, which names nobody",
    "trying:": "the sample system's own, which no installation has",
}
PUBLIC = {  # or figures of the whole
    "about", "accessibility", "api_documentation", "api_schema", "arrived", "help", "live",
    "metrics", "offline", "privacy", "ready", "security_txt", "service", "service_worker",
    "set_language", "set_theme", "staff_service",
}  # fmt: skip
