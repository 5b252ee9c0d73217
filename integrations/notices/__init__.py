"""Electronic birth and death notices of hospitals."""
