"""Camera pages: everywhere else the browser refuses to open one (Permissions-Policy)."""

from csp.constants import WASM_UNSAFE_EVAL
from csp.decorators import csp_update
from django.conf import settings
from django_permissions_policy.decorators import permissions_policy_override

from core.typing import Page

with_camera = permissions_policy_override(settings.PERMISSIONS_POLICY | {"camera": "self"})


def with_scanner(view: Page) -> Page:
    """A camera page that reads codes: the reader is WebAssembly, which a page has to be allowed to
    compile; scripts from text stay forbidden.
    """
    return with_camera(csp_update({"script-src": [WASM_UNSAFE_EVAL]})(view))


def with_face_guide(view: Page) -> Page:
    """A camera page that tells how to hold the face: the guide is WebAssembly as well."""
    return with_scanner(view)
