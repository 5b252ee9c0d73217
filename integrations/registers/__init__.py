"""What all registers of the state share: one adapter of the province, one way of asking, one set of faults."""
