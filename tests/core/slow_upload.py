"""An upload in a process of its own, that waits between its file and its row's commit."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.db import connection, transaction

from devstack.embedded.paths import ROOT
from registration.models import Enrollment, EvidenceKind
from registration.services.evidence import keep_picture

UPLOAD = "from tests.core.slow_upload import upload; upload({pk!r})"


def upload(pk: str) -> None:
    """In that process."""
    with transaction.atomic():
        enrollment = Enrollment.objects.select_for_update().get(pk=pk)
        print(keep_picture(enrollment, EvidenceKind.SELFIE, b"a selfie").name, flush=True)
        sys.stdin.readline()


@contextmanager
def uploading(enrollment: Enrollment, *, var: Path) -> Iterator[tuple[subprocess.Popen, str]]:
    """The process, and the name of the file that it has written."""
    address = urlsplit(os.environ["DATABASE_URL"])
    own = urlunsplit(address._replace(path=f"/{connection.settings_dict['NAME']}"))
    code = UPLOAD.format(pk=str(enrollment.pk))
    with subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, str(ROOT / "manage.py"), "shell", "--verbosity=0", "-c", code],
        env=os.environ | {"DATABASE_URL": own, "DOPA_VAR_DIR": str(var)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield process, process.stdout.readline().strip()
