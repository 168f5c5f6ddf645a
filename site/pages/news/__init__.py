"""News of the network, and calls that parks and companies can apply to."""
