"""What a web server loads."""

import os

from django.core.wsgi import get_wsgi_application

from core.charset import without_odd_charsets

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dopa_portal.settings.base")
# No page waits longer for a statement; the proxy gives up a minute after the request.
os.environ.setdefault("PGOPTIONS", "-c statement_timeout=30s")
application = without_odd_charsets(get_wsgi_application())
