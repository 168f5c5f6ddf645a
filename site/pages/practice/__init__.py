"""Best practice: what the parks have tried, what came of it, and who does the same now."""
