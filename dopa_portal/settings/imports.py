"""Where registers may be imported from besides the import folder: `s3://bucket/key`.

The keys to the store are those that boto3 finds (AWS_ACCESS_KEY_ID and so on, or the machine's).
"""

import os

IMPORT_BUCKETS = [one for one in os.environ.get("IMPORT_BUCKETS", "").split(",") if one]
IMPORT_ENDPOINT = os.environ.get("IMPORT_ENDPOINT", "")  # nothing: Amazon's own
