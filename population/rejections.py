"""Why a row of a file is not taken over, by the code that is kept of it."""

from django.utils.translation import gettext_lazy as _

REASONS = {
    "columns": _("The line has more values than there are columns."),
    "empty": _("A value that has to be there is empty."),
    "number_form": _("The national ID number has not 13 digits, or begins with 0 or 9."),
    "check_digit": _("The check digit of the national ID number is wrong."),
    "too_long": _("A name is longer than 80 letters."),
    "birth_date": _("The birth date is no date of the form 1981-02-12, 1981-02 or 1981."),
    "office": _("There is no such registration office."),
    "status": _("The status is none of alive, deceased, removed."),
    "laser_code": _("The laser code has not two letters and ten digits."),
    "activated_on": _("The day of activation is no date of the form 2022-11-30."),
    "expires_on": _("The day of expiry is neither empty nor a date of the form 2030-11-30."),
    "password": _("The password is not kept as an Argon2id hash."),
    "twice_in_file": _("The number stands in the file twice; the first line counts."),
}
