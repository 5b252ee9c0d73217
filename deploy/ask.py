"""`ask.py URL HOST`: ends with 0 when URL answers 200. For health checks in an image without curl."""

import sys
import urllib.request

request = urllib.request.Request(sys.argv[1], headers={"Host": sys.argv[2], "X-Forwarded-Proto": "https"})  # noqa: S310  our own address
with urllib.request.urlopen(request, timeout=4) as answer:  # noqa: S310  same
    sys.exit(answer.status != 200)
