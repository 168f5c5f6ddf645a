"""PostgreSQL as Django speaks to it, with one thing changed."""
