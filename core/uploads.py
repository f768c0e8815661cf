from django.conf import settings
from django.core.files.uploadhandler import MemoryFileUploadHandler, StopUpload


class BoundedUploadHandler(MemoryFileUploadHandler):
    """Keep uploads in memory, never in a temporary file, and stop a request that brings too much.

    A citizen's picture must not lie unencrypted on a disk, not even for a second.
    """

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):  # noqa: N803 - Django's name
        self.activated = True
        self.received = 0

    def receive_data_chunk(self, raw_data, start):
        self.received += len(raw_data)
        if self.received > settings.UPLOAD_MAX_BYTES * 2:
            raise StopUpload(connection_reset=True)
        return super().receive_data_chunk(raw_data, start)
