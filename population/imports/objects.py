"""Files in object storage, `s3://bucket/key`, read as a stream that goes on where it broke off.

Which store is meant, and the keys to it, are the server's own (IMPORT_ENDPOINT and the variables
that boto3 reads); only the buckets in IMPORT_BUCKETS are read.
"""

import io
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.utils.translation import gettext_noop

from core.typing import Cleaned, Json
from population.imports.contract import BadFile

SCHEME = "s3://"
TRIES = 5
PAUSE_SECONDS = 0.5  # doubled after each try
BUFFER_BYTES = 2**20
PATIENCE = Config(connect_timeout=5, read_timeout=30, retries={"max_attempts": 3})
ANSWERED = gettext_noop("The object store answered %(status)s.")
ANSWERS: dict[int, str] = {
    HTTPStatus.NOT_FOUND: gettext_noop("There is no such object."),
    HTTPStatus.FORBIDDEN: gettext_noop(
        "The object store does not let this server read the object."
    ),
    HTTPStatus.PRECONDITION_FAILED: gettext_noop("The object was replaced meanwhile. Start anew."),
}


@dataclass(frozen=True)
class S3Object:
    """What a Path is for a file on the disk, as far as imports ask: name, size, open."""

    bucket: str
    key: str

    @classmethod
    def named(cls, address: str) -> "S3Object":
        """The object at `s3://bucket/key`; raises BadFile unless its bucket may be read."""
        bucket, _, key = address.removeprefix(SCHEME).partition("/")
        if not key or bucket not in settings.IMPORT_BUCKETS:
            raise BadFile(
                gettext_noop("%(address)s does not lie in a bucket that is open for imports."),
                address=address,
            )
        return cls(bucket, key)

    @property
    def name(self) -> str:
        return f"{SCHEME}{self.bucket}/{self.key}"

    def open(self, mode: str = "rb") -> io.BufferedReader:
        """The object from its beginning; mode is always "rb". Raises BadFile."""
        return io.BufferedReader(_Stream(self), BUFFER_BYTES)

    def size(self) -> int:
        return _Stream(self).size

    def options(self) -> dict[str, str]:
        """How polars finds the same store."""
        endpoint = settings.IMPORT_ENDPOINT
        if not endpoint:
            return {}
        return {
            "aws_endpoint_url": endpoint,
            "aws_allow_http": str(endpoint.startswith("http:")).lower(),
            "aws_virtual_hosted_style_request": "false",
        }


class _Stream(io.RawIOBase):
    """Ranges of one version of an object. A connection that breaks is made again."""

    def __init__(self, source: S3Object) -> None:
        # A fifth of a second that only those who read from a store should spend.
        import boto3  # noqa: PLC0415

        self._at = 0
        self._body: Any = None
        self._where = {"Bucket": source.bucket, "Key": source.key}
        self._store = boto3.client(
            "s3", endpoint_url=settings.IMPORT_ENDPOINT or None, config=PATIENCE
        )

    @cached_property
    def _head(self) -> Json:
        return _asked(lambda: self._store.head_object(**self._where))

    @property
    def size(self) -> int:
        return int(self._head["ContentLength"])

    def readable(self) -> bool:
        return True

    seekable = readable

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}[whence]
        self._drop()
        self._at = start + offset
        return self._at

    def readinto(self, buffer: Any) -> int:
        if self._at >= self.size:
            return 0
        for attempt in range(TRIES):
            try:
                data = self._opened().read(len(buffer))
            except BotoCoreError:
                data = b""
            if data:
                buffer[: len(data)] = data
                self._at += len(data)
                return len(data)
            self._drop()
            time.sleep(PAUSE_SECONDS * 2**attempt)
        raise BadFile(gettext_noop("The object store stopped answering. Resume the import later."))

    def _opened(self) -> Any:
        if self._body is None:
            wanted = {"Range": f"bytes={self._at}-", "IfMatch": self._head["ETag"]}
            self._body = _asked(lambda: self._store.get_object(**self._where, **wanted))["Body"]
        return self._body

    def _drop(self) -> None:
        if self._body is not None:
            self._body.close()
            self._body = None

    def close(self) -> None:
        if not self.closed:
            self._drop()
        super().close()


def _asked(call: Callable[[], Cleaned]) -> Cleaned:
    """The answer, or BadFile with what the store's status means for whoever imports."""
    try:
        return call()
    except ClientError as error:
        status = error.response["ResponseMetadata"]["HTTPStatusCode"]
        raise BadFile(ANSWERS.get(status, ANSWERED), status=str(status)) from error
