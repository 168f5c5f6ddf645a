"""Reading the forum: overview, lists of threads, threads, and what is unread."""
