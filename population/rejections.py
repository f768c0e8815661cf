"""Why a row of a file is not taken over, by the code that is kept of it."""

from django.utils.translation import gettext_lazy as _

REASONS = {
    "columns": _("The line has more values than there are columns."),
    "empty": _("A value that has to be there is empty."),
    "number_form": _("The national ID number has not 13 digits, or begins with 0 or 9."),
    "check_digit": _("The check digit of the national ID number is wrong."),
    "too_long": _("A name is longer than 80 letters, or a title than 40."),
    "buddhist_year": _("A year is of the Buddhist era. The file needs the Christian era's: 1981."),
    "birth_date": _("The birth date is no date of the form 1981-02-12, 1981-02 or 1981."),
    "not_yet_born": _("The birth date lies in the future."),
    "too_old": _("Somebody alive would be older than 130 years."),
    "unreadable": _("A name has characters that were broken on the way, by a wrong encoding."),
    "script": _("A name is not written in Thai, or in English, where it has to be."),
    "spreadsheet": _("A spreadsheet has rounded the number to the form 3.1E+12. Export as text."),
    "office": _("There is no such registration office."),
    "status": _("The status is none of alive, deceased, removed."),
    "laser_code": _("The laser code has not two letters and ten digits."),
    "activated_on": _("The day of activation is no date of the form 2022-11-30."),
    "expires_on": _("The day of expiry is neither empty nor a date of the form 2030-11-30."),
    "password": _("The password is not kept as an Argon2id hash."),
    "twice_in_file": _("The number stands in the file more than once; none of its lines counts."),
    "implausible": _(
        "The person has a digital ID, and data do not change so: it waits for a word."
    ),
}
AFTER_LOADING = ("twice_in_file", "implausible")  # lines that were loaded first
