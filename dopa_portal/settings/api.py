"""How the API is documented: grouped by what a program wants to do."""

# The app that a view is of -> the group it stands in, with what that is for.
API_GROUPS = {
    "registration": ("Registering", "The steps of self-registration, as the app takes them."),
    "rollout": ("The line", "Where whoever waits to begin a registration stands."),
    "appointments": ("Appointments", "Offices, free times, and the own appointment."),
    "identity": ("Digital IDs", "Showing, checking and keeping a digital ID."),
    "relying_parties": ("Services and wallets", "Signing in, credentials and presentations."),
    "dashboards": ("Statistics", "The figures of the dashboard, for officials."),
    "audit": ("Audit log", "Heads and proofs of the log, for whoever checks it."),
}
SPECTACULAR_SETTINGS = {
    "TITLE": "D.DOPA registration API",
    "TAGS": [{"name": name, "description": words} for name, words in API_GROUPS.values()],
    "DESCRIPTION": "The eight steps of self-registration, checks of shown IDs, and statistics.",
    "VERSION": "1.0",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "core.api_schema.add_problems",
    ],
    # Two answers have a `state`: an enrollment's, and the service's.
    "ENUM_NAME_OVERRIDES": {
        "StateEnum": "registration.states.State",
        "AppointmentStateEnum": "appointments.models.AppointmentState",
        "ServiceStateEnum": ["well", "slow", "closed"],
    },
}
