"""Settings: base is production and safe with nothing set; dev and test only loosen."""
