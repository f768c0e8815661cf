"""Sample officers, each with an enrolled one-time password."""

from dataclasses import dataclass

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import transaction

from devstack.demo.passwords import password_of
from offices.models import Officer
from offices.roles import Role

OFFICE, OTHER_OFFICE = "1206", "5001"  # Pak Kret, Mueang Chiang Mai
STAFF = (
    ("officer@sample.dopa", "สมหญิง ตรวจงาน", Role.OFFICER, OFFICE),
    ("second@sample.dopa", "วิชัย รอบคอบ", Role.OFFICER, OFFICE),
    ("provincial@sample.dopa", "ชูชัย ทั้งจังหวัด", Role.PROVINCIAL, OFFICE),
    ("supervisor@sample.dopa", "มาลี ดูแลดี", Role.SUPERVISOR, OFFICE),
    ("chiangmai@sample.dopa", "คำแก้ว เมืองเหนือ", Role.OFFICER, OTHER_OFFICE),
    ("administrator@sample.dopa", "ประเสริฐ ส่วนกลาง", Role.ADMINISTRATOR, None),
    ("auditor@sample.dopa", "ยุติธรรม ตรวจสอบ", Role.AUDITOR, None),
)


@dataclass(frozen=True)
class SignIn:
    """What somebody needs to sign in as a sample officer."""

    email: str
    role: str
    office: str
    password: str
    secret: str

    def __str__(self) -> str:
        place = self.office or "all offices"
        return f"{self.email:28} {self.password}   {self.secret}   {self.role}, {place}"


@transaction.atomic
def make_staff() -> list[SignIn]:
    """Create the sample officers that are not there yet; returns how these sign in."""
    known = set(Officer.objects.values_list("email", flat=True))
    return [
        _make_officer(email, name=name, role=role, office_code=code)
        for email, name, role, code in STAFF
        if email not in known
    ]


def _make_officer(email: str, *, name: str, role: str, office_code: str | None) -> SignIn:
    password = password_of(email)
    secret = generate_totp_secret()
    officer = Officer.objects.create_user(
        email, password, name=name, role=role, office_id=office_code
    )
    TOTP.activate(officer, secret)
    office = officer.office.name_en if officer.office else ""
    return SignIn(email, str(Role(role).value), office, password, secret)
