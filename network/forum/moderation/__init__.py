"""Keeping order: limits, reports, what is held back, and what moderators do."""
