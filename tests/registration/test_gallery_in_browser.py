"""A photo out of the gallery goes as large as it is kept, upright and without what a phone adds."""

import base64
import io

import pytest
from PIL import Image

from tests.registration.test_own_pages_in_browser import at, open_phone

pytestmark = pytest.mark.browser
__all__ = ["at", "open_phone"]
TO_THE_RIGHT = 6  # EXIF: turned by a quarter
CHOSEN = """async (input) => {
  await new Promise((go) => setTimeout(go, 1500));
  const bytes = new Uint8Array(await input.files[0].arrayBuffer());
  return btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), ""));
}"""


def photo(width: int, height: int) -> bytes:
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x0112], exif[0x010F] = TO_THE_RIGHT, "Phone of somebody"
    Image.radial_gradient("L").resize((width, height)).convert("RGB").save(out, "JPEG", exif=exif)
    return out.getvalue()


def sent(page, data: bytes, name: str) -> bytes:
    """What is in the form's field once this was chosen."""
    field = page.locator("input[name=picture]")
    field.set_input_files({"name": name, "mimeType": "image/jpeg", "buffer": data})
    return base64.b64decode(field.evaluate(CHOSEN))


@pytest.fixture
def page(at):
    opened = at("card_front", "/register/card/front/")
    opened.locator("[data-dopa-choose-file]").click()
    return opened


def test_what_is_larger_than_what_is_kept_is_made_smaller(page):
    smaller = sent(page, photo(4032, 3024), "card.jpg")
    with Image.open(io.BytesIO(smaller)) as image:
        assert (image.format, image.size, dict(image.getexif())) == ("JPEG", (1920, 2560), {})


def test_what_is_small_enough_goes_as_it_is(page):
    small = photo(2560, 1920)
    assert sent(page, small, "card.jpg") == small


def test_what_the_browser_cannot_read_goes_as_it_is(page):
    other = b"\0\0\0\x18ftypheic" + bytes(500)
    assert sent(page, other, "card.heic") == other
