"""A browser in a few words, so that its owner knows it again in the list of sessions. Nothing else is kept of it."""

BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("coc_coc_browser", "Coc Coc"), ("Firefox/", "Firefox"),
            ("Chrome/", "Chrome"), ("Safari/", "Safari"))  # fmt: skip
SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
           ("Mac OS X", "macOS"), ("Linux", "Linux"))  # fmt: skip


def summary(header: str) -> str:
    """`Chrome · Windows`; an empty string when neither is known."""
    known = [next((name for mark, name in table if mark in header), "") for table in (BROWSERS, SYSTEMS)]
    return " · ".join(name for name in known if name)
