"""Contents in a bucket of an S3-compatible store. Read only when the settings name one: boto3 takes half a second."""

from typing import Any

from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from storages.backends.s3 import S3Storage

ONE_PUT = 64 * 1024 * 1024  # bytes; more than any upload


class Bucket(S3Storage):
    """A put is whole or nothing there too; the same hash is the same content, so writing it again changes nothing.

    Times are bounded. Checksums of the newest protocol are sent only where asked for: many stores don't know them.
    """

    def get_default_settings(self) -> dict[str, Any]:
        quiet = Config(
            connect_timeout=5,
            read_timeout=30,
            retries={"total_max_attempts": 3, "mode": "standard"},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            signature_version="s3v4",
            s3={"addressing_style": "path"},
        )
        found: dict[str, Any] = super().get_default_settings()
        return found | {
            "client_config": quiet,
            "default_acl": None,
            "file_overwrite": True,
            "max_memory_size": 1024 * 1024,
            "transfer_config": TransferConfig(multipart_threshold=ONE_PUT, use_threads=False),
        }
