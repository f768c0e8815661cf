from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_otp.models import Device
from uuid_utils.compat import uuid7

from audit.actions import Action
from audit.services import OPERATOR, record
from offices import roles
from offices.roles import Role


class Office(models.Model):
    """A registration office; its code is the district's."""

    code = models.CharField(_("code"), max_length=4, primary_key=True)
    name_th = models.CharField(_("name in Thai"), max_length=80)
    name_en = models.CharField(_("name in English"), max_length=80)
    province_code = models.CharField(_("province code"), max_length=2, db_index=True)
    province_th = models.CharField(_("province in Thai"), max_length=60)
    province_en = models.CharField(_("province in English"), max_length=60)

    class Meta:
        ordering = ["code"]
        verbose_name = _("registration office")
        verbose_name_plural = _("registration offices")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_th if get_language() == "th" else self.name_en

    @property
    def province(self) -> str:
        return self.province_th if get_language() == "th" else self.province_en


ENOUGH = 2  # administrators
REFUSED = _(
    "There are two administrators already. Another one is invited on the page of the people who"
    " work here: one administrator asks for it, another one agrees."
)


class OfficerManager(BaseUserManager["Officer"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Officer":
        officer = self.model(email=self.normalize_email(email).lower(), **fields)
        officer.set_password(password)
        officer.full_clean(exclude=["password"])
        officer.save(using=self._db)
        return officer

    @transaction.atomic
    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Officer":
        """One of the first two administrators, whom no lever can let in; raises ValidationError
        where they are there. Two commands at once come one after the other.
        """
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('first_administrators'))")
        self.check_an_administrator_is_missing()
        officer = self.create_user(email, password, role=Role.ADMINISTRATOR, **fields)
        record(Action.OFFICER_MADE, officer, actor=OPERATOR)
        return officer

    def check_an_administrator_is_missing(self) -> None:
        """Two can let in all others: one asks, the other agrees (decision 25)."""
        there = self.filter(role=Role.ADMINISTRATOR, is_active=True).count()
        if there >= ENOUGH:
            raise ValidationError(REFUSED)


class Officer(AbstractBaseUser):
    """A person who works on enrollments or on the portal. Citizens have no such account."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.OFFICER)
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, verbose_name=_("registration office")
    )  # the one they act in: of several, which are memberships, one at a time
    is_active = models.BooleanField(_("active"), default=True)
    suspended_by = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="+"
    )
    # Switched off by one alone until then, unless a second one confirms it (offices.off_lever).
    suspended_until = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    objects = OfficerManager()
    is_verified: Callable[[], bool]  # whether the session has proven a second factor (django-otp)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["email"]
        verbose_name = _("officer")
        verbose_name_plural = _("officers")
        constraints = [
            models.CheckConstraint(
                name="officer_has_an_office_unless_central",
                condition=models.Q(office__isnull=False)
                | models.Q(role__in=sorted(roles.WITHOUT_OFFICE)),
                violation_error_message=_("This role needs a registration office."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_staff(self) -> bool:
        return self.role in roles.USING_ADMIN

    def has_perm(self, permission: str, subject: object = None) -> bool:
        """The admin site asks this; the role answers it for everything there."""
        return self.is_active and self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and self.is_staff

    @property
    def province_code(self) -> str:
        """That of the own office, which every role has that is of one."""
        if self.office is None:
            raise Office.DoesNotExist("a central role is of no province")
        return self.office.province_code

    @property
    def decides(self) -> bool:
        return self.role in roles.DECIDING

    @property
    def reads_cases(self) -> bool:
        """Opens cases, to decide them or to look into what was decided."""
        return self.role in roles.READING_CASES

    @property
    def supervises(self) -> bool:
        return self.role in roles.SUPERVISING

    @property
    def reads_audit(self) -> bool:
        return self.role in roles.READING_AUDIT

    @property
    def watches(self) -> bool:
        return self.role in roles.WATCHING

    @property
    def registers(self) -> bool:
        """Sits at a counter, where citizens are registered in person."""
        return self.role in roles.REGISTERING

    @property
    def reads_people(self) -> bool:
        return self.role in roles.READING_PEOPLE

    @property
    def sets_exercises(self) -> bool:
        """Makes exercises, and answers those of colleagues before they go in."""
        return self.role in roles.SETTING_EXERCISES

    @property
    def pulls_levers(self) -> bool:
        """Asks for changes of the rollout and agrees to those of other administrators."""
        return self.role in roles.PULLING_LEVERS

    @property
    def manages_people(self) -> bool:
        return self.role in roles.MANAGING_PEOPLE

    @property
    def manages_office(self) -> bool:
        """Asks for people of the own office and switches its officers off."""
        return self.role in roles.MANAGING_OFFICE

    @property
    def agrees_to_people(self) -> bool:
        """Answers what the supervisors of the own province ask for."""
        return self.role in roles.AGREEING_TO_PEOPLE

    @property
    def sends_people_out(self) -> bool:
        return self.manages_people or self.manages_office

    @property
    def asks_for_changes(self) -> bool:
        return self.pulls_levers or self.manages_office

    @property
    def reads_changes(self) -> bool:
        return self.asks_for_changes or self.agrees_to_people

    @property
    def helps_callers(self) -> bool:
        """Answers calls to 1548: sees no case, and has one page."""
        return self.role in roles.HELPING_CALLERS


class AllauthDevice(Device):
    """What django-otp asks about (is this session verified?), standing for what allauth knows."""

    authenticator = models.OneToOneField(Authenticator, models.CASCADE)

    def __str__(self) -> str:
        return f"{self.name} of {self.user_id}"
