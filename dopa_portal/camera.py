"""Camera pages: everywhere else the browser refuses to open one (Permissions-Policy)."""

from django.conf import settings
from django_permissions_policy.decorators import permissions_policy_override

with_camera = permissions_policy_override(settings.PERMISSIONS_POLICY | {"camera": "self"})
