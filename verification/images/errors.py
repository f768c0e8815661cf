from django.utils.translation import gettext_lazy as _

from core.typing import StrOrPromise

SENTENCES: dict[str, StrOrPromise] = {
    "not_an_image": _("This file is not a picture. Please send a photo."),
    "unsupported": _("This kind of picture cannot be read. Please send a JPEG or PNG photo."),
    "too_large": _("The file is too large. Please send a smaller photo."),
    "too_many_pixels": _("The picture has too many pixels. Please send a smaller photo."),
    "too_small": _("The picture is too small. Please take the photo again, from nearer."),
    "truncated": _("The picture is damaged or incomplete. Please send it again."),
}


class BadImage(Exception):
    """A picture that is not taken: a stable `code`, and a lazy `message` for the citizen."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
        self.message = SENTENCES[code]
