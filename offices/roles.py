from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    OFFICER = "officer", _("Officer")
    SUPERVISOR = "supervisor", _("Supervisor")
    PROVINCIAL = "provincial", _("Provincial officer")
    ADMINISTRATOR = "administrator", _("Central administrator")
    AUDITOR = "auditor", _("Auditor")
    CALL_CENTRE = "call_centre", _("Call-centre agent")


DECIDING = frozenset({Role.OFFICER, Role.SUPERVISOR, Role.PROVINCIAL})
READING_CASES = DECIDING | {Role.AUDITOR}
SUPERVISING = frozenset({Role.SUPERVISOR, Role.PROVINCIAL})
SEEING_EVERYTHING = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})
READING_AUDIT = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})
WATCHING = frozenset({Role.SUPERVISOR, Role.PROVINCIAL, Role.ADMINISTRATOR, Role.AUDITOR})
USING_ADMIN = frozenset({Role.ADMINISTRATOR})
READING_PEOPLE = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR})
MANAGING_PEOPLE = frozenset({Role.ADMINISTRATOR})
MANAGING_OFFICE = frozenset({Role.SUPERVISOR})
AGREEING_TO_PEOPLE = frozenset({Role.PROVINCIAL})
REGISTERING = frozenset({Role.OFFICER, Role.SUPERVISOR})
SETTING_EXERCISES = frozenset({Role.PROVINCIAL})
PULLING_LEVERS = frozenset({Role.ADMINISTRATOR})
HELPING_CALLERS = frozenset({Role.CALL_CENTRE})
WITHOUT_OFFICE = SEEING_EVERYTHING | {Role.CALL_CENTRE}
