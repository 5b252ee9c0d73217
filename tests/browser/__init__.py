"""What a person sees, in a real browser, against the real portal with the whole country and the demo's people."""
