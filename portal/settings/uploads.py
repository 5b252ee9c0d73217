"""What may be sent in, and who looks at it first (docs/documents.md)."""

from portal.settings import environment

UPLOAD_LIMITS: dict[str, dict[str, int]] = {}  # replaces single limits: {"attachment": {"bytes": 10485760}}
UPLOAD_LARGEST_BYTES = 25 * 1024 * 1024  # what exceeds it is counted and not kept, whatever form it was sent to
UPLOAD_DAY_BYTES = 500 * 1024 * 1024  # of one citizen within 24 hours
FILE_UPLOAD_HANDLERS = ["documents.uploads.handler.BoundedUpload"]
DATA_UPLOAD_MAX_NUMBER_FILES = 30
CLAMD_ADDRESS = environment.text("CLAMD_ADDRESS", "")  # /run/clamav/clamd.ctl or tcp://host:3310; empty = no scanner
FILE_SCANNER = "documents.scanning.clamd.Clamd" if CLAMD_ADDRESS else ""
SCANNER_STREAM_BYTES = 25 * 1024 * 1024  # clamd's StreamMaxLength
SCANNER_CONNECT_SECONDS, SCANNER_ANSWER_SECONDS = 5, 60  # both together below the time limit of a task
