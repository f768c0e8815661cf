from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_otp.models import Device
from uuid_utils.compat import uuid7

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


class OfficerManager(BaseUserManager["Officer"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Officer":
        officer = self.model(email=self.normalize_email(email).lower(), **fields)
        officer.set_password(password)
        officer.full_clean(exclude=["password"])
        officer.save(using=self._db)
        return officer

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Officer":
        return self.create_user(email, password, role=Role.ADMINISTRATOR, **fields)


class Officer(AbstractBaseUser):
    """A person who works on enrollments or on the portal. Citizens have no such account."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.OFFICER)
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, verbose_name=_("registration office")
    )
    is_active = models.BooleanField(_("active"), default=True)
    suspended_by = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="+"
    )
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


class Invitation(models.Model):
    """A link for one use with which an officer sets the first or a new password."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    officer = models.ForeignKey(Officer, models.CASCADE, related_name="invitations")
    invited_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    secret_hash = models.BinaryField(max_length=32, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"invitation of {self.officer_id}"


class Answer(models.TextChoices):
    AGREED = "agreed", _("Agreed")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Proposal(models.Model):
    """A change of a lever (offices.levers): one administrator asks for it, another answers.

    `old` and `new` are the values of the fields it changes; `people` is how many it touches;
    `office` is whose people it is about, where those who are no administrators may see it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    lever = models.CharField(max_length=20)
    subject = models.CharField(max_length=64, blank=True)
    old = models.JSONField()
    new = models.JSONField()
    people = models.PositiveBigIntegerField()
    reason = models.CharField(max_length=200)
    asked_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=10, blank=True, choices=Answer)
    answered_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at"]
        verbose_name = _("proposed change")
        constraints = [
            models.UniqueConstraint(
                fields=["lever", "subject"],
                condition=models.Q(answer="") & ~models.Q(subject=""),
                name="one_open_proposal_a_subject",
            ),
            models.CheckConstraint(
                condition=~models.Q(answer="agreed") | ~models.Q(answered_by=models.F("asked_by")),
                name="proposal_agreed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"change of {self.lever} {self.subject}"
