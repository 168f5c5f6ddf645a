"""Every change in the life of a question, a need and a policy matter, each in one transaction."""
