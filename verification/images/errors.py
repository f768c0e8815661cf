from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.typing import StrOrPromise

SENTENCES: dict[str, StrOrPromise] = {
    "not_an_image": _("This file is not a picture. Please send a photo."),
    "unsupported": _(
        "This kind of picture cannot be read. Please send a JPEG, PNG, WebP or HEIC photo."
    ),
    "too_large": _("The file is too large. Please send a smaller photo."),
    "too_many_pixels": _("The picture has too many pixels. Please send a smaller photo."),
    "too_small": _("The picture is too small. Please take the photo again, from nearer."),
    "truncated": _("The picture is damaged or incomplete. Please send it again."),
}
# What a file was recognised as, said with its name instead of the sentence for `unsupported`.
FOUND: dict[str, StrOrPromise] = {
    "picture": _(
        "This is a {name} picture, which cannot be read here. "
        "Please send a JPEG, PNG, WebP or HEIC photo, or take a new one with the camera."
    ),
    "raw": _(
        "This is a raw picture ({name}), as it left the camera's sensor. "
        "Please send the same photo as JPEG or HEIC."
    ),
    "video": _("This is a video ({name}). Please send a photo, or take a new one with the camera."),
    "document": _(
        "This is a {name} file and not a photo. "
        "Please send a JPEG, PNG, WebP or HEIC photo, or take a new one with the camera."
    ),
}


class BadImage(Exception):
    """A picture that is not taken: a stable `code`, and a lazy `message` for the citizen.

    Of what is `unsupported`, `name` is the format found (empty: it has none people would know), and
    `sort` its sort in FOUND.
    """

    def __init__(self, code: str, *, name: str = "", sort: str = "picture") -> None:
        super().__init__(code)
        self.code, self.name = code, name
        self.message = format_lazy(FOUND[sort], name=name) if name else SENTENCES[code]
