"""Who signs in, and how: staff, by e-mail, password and a one-time code."""

AUTH_USER_MODEL = "offices.Officer"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "core.easy_passwords.EasyPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "review:queue"
ACCOUNT_ADAPTER = "offices.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {"change_password": "offices.forms.CountedPasswordForm"}
# By address only: a limit by account alone would let anybody lock an officer out.
ACCOUNT_RATE_LIMITS = {"login_failed": "60/m/ip"}
MFA_ADAPTER = "offices.adapters.MFAAdapter"
MFA_FORMS = {
    "activate_totp": "offices.forms.FirstCodeForm",
    "authenticate": "offices.forms.CountedCodeForm",
    "reauthenticate": "offices.forms.CountedCodeAgainForm",
    "add_webauthn": "offices.key_forms.AddKeyForm",
    "authenticate_webauthn": "offices.key_forms.KeyForm",
    "reauthenticate_webauthn": "offices.key_forms.KeyAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "D.DOPA"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TRUST_ENABLED = False
# Where holders' passkeys belong, if that is not the portal's address: browsers tie them to a name.
PASSKEY_ADDRESS = ""
