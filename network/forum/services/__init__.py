"""Every change of state in the forum, each in one transaction."""
