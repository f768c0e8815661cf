"""Thai or English, as everybody chooses on every page, signed in or not."""

from django.contrib.auth.decorators import login_not_required
from django.views import i18n

from core.presses import press

set_language = press(back="registration:home")(login_not_required(i18n.set_language))
