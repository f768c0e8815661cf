"""What browsers are told to load, run and allow, and what programs may not do."""

from csp.constants import NONE, SELF

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "blob:", "data:"],
        "media-src": [SELF, "blob:"],
        "connect-src": [SELF],
        "worker-src": [SELF, "blob:"],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
NO_FEATURES = (
    "camera", "display-capture", "geolocation", "microphone", "payment",
    "publickey-credentials-create", "publickey-credentials-get", "usb",
)  # fmt: skip
PERMISSIONS_POLICY: dict[str, str | list[str] | tuple[str]] = {name: [] for name in NO_FEATURES}

# Programs are not led from http to https: whoever wrote one has to find out.
PROGRAMS_ASK = ("/api/v1/", "/connect/token/", "/connect/userinfo/", "/connect/presentations/",
                "/wallet/", "/metrics/")  # fmt: skip
