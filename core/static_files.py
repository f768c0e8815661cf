"""Static files as browsers get them: named by their content, one style sheet a page.

docs/decisions/0021-what-a-page-costs.md says why this is done here and not by a bundler.
"""

import posixpath
import re
from collections.abc import Iterator
from typing import Any

import brotli
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

# A source of `collectstatic`: the storage that holds it, and its name there.
Sources = dict[str, tuple[Storage, str]]
# A file that was processed: its name, the name it got, and whether it changed (or what failed).
Processed = tuple[str, str, bool] | tuple[str, None, RuntimeError]
OWN_SHEETS = re.compile(r"css/[^/]+\.css")
IMPORT = re.compile(r'@import url\("(?P<url>[^"]+)"\)(?P<media>[^;]*);\n')
RELATIVE_URL = re.compile(r'url\("(?P<url>[^"/:]*[^":]*\.\w+)"\)')


class BrotliCompressor(Compressor):
    """Brotli beside gzip, as thoroughly as the setting BROTLI_QUALITY says."""

    @staticmethod
    def compress_brotli(data: bytes) -> bytes:
        compressed: bytes = brotli.compress(data, quality=settings.BROTLI_QUALITY)
        return compressed


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Style sheets that import others become one file; JavaScript modules import hashed names.

    Django's own `support_js_module_import_aggregation` would rewrite the modules of others too,
    some of which import what is not there.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        (
            "js/*.js",
            (
                (
                    r"""(?P<matched>(?P<word>\b(?:from|import)[\s(]*)["'](?P<url>\.{1,2}/[^"']+)["'])""",
                    '%(word)s"%(url)s"',
                ),
            ),
        ),
    )

    def post_process(
        self,
        paths: Sources,
        dry_run: bool = False,  # noqa: FBT001, FBT002 - Django's signature
        **options: Any,
    ) -> Iterator[Processed]:
        """Put the bundles in the place of their entries, then let Django name and compress all."""
        if not dry_run:
            paths = {**paths, **self._bundles(paths)}
        # WhiteNoise writes no types.
        yield from super().post_process(paths, dry_run=dry_run, **options)  # type: ignore[no-untyped-call]

    def create_compressor(self, **options: Any) -> Compressor:
        return BrotliCompressor(**options)  # type: ignore[no-untyped-call]

    def _bundles(self, paths: Sources) -> dict[str, tuple[Storage, str]]:
        entries = [name for name in paths if OWN_SHEETS.fullmatch(name)]
        bundles = {
            name: bundle(name, paths) for name in entries if IMPORT.search(text(name, paths))
        }
        for name, content in bundles.items():
            self.delete(name)
            self.save(name, ContentFile(content.encode()))
        return {name: (self, name) for name in bundles}


def text(name: str, paths: Sources) -> str:
    storage, path = paths[name]
    with storage.open(path) as source:
        content: bytes = source.read()
    return content.decode()


def bundle(name: str, paths: Sources) -> str:
    """The style sheet `name` with all that it imports in place of the imports, as CSS reads them.

    Addresses stay those of the sheet they were written in. Raises KeyError where an imported sheet
    is missing.
    """
    folder = posixpath.dirname(name)

    def imported(match: re.Match[str]) -> str:
        child = posixpath.normpath(posixpath.join(folder, match["url"]))
        content = moved(bundle(child, paths), posixpath.dirname(child), folder).strip()
        media = match["media"].strip()
        return f"@media {media} {{\n{content}\n}}\n" if media else f"{content}\n"

    return IMPORT.sub(imported, text(name, paths))


def moved(content: str, old: str, new: str) -> str:
    """`content` of a sheet in the folder `old`, to be read from the folder `new`."""

    def relative(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(old, match["url"]))
        return f'url("{posixpath.relpath(target, new)}")'

    return RELATIVE_URL.sub(relative, content)
