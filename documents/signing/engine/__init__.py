"""What works on the bytes of a PDF. Importing it takes more than a second: callers do so inside their functions."""

import logging

from documents.signing.engine import quicker

# Each refusal would be logged with its stack, though it is an answer like any other.
for name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(name).setLevel(logging.CRITICAL)

quicker.install()
