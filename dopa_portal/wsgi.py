"""What a web server loads."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dopa_portal.settings.base")
# No page waits longer for a statement; the proxy gives up a minute after the request.
os.environ.setdefault("PGOPTIONS", "-c statement_timeout=30s")
application = get_wsgi_application()
