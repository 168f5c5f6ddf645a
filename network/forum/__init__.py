"""The cooperation forum: categories, working groups, threads and posts."""
