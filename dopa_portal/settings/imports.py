"""Where registers may be imported from besides the import folder: `s3://bucket/key`.

The keys to the store are those that boto3 finds (AWS_ACCESS_KEY_ID and so on, or the machine's).
"""

import os

from dopa_portal.settings.environment import names

IMPORT_BUCKETS = names("IMPORT_BUCKETS")
IMPORT_ENDPOINT = os.environ.get("IMPORT_ENDPOINT", "")  # nothing: Amazon's own
