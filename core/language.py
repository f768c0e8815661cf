"""Thai or English, as everybody chooses on every page, signed in or not."""

from django.contrib.auth.decorators import login_not_required
from django.views import i18n
from django.views.decorators.http import require_POST

set_language = require_POST(login_not_required(i18n.set_language))
