"""Everything that readers report and moderators do, each in one transaction.

What is locked, is locked in one order, so that nobody waits in a circle: people's standings, then
threads by their number in the database. A post is given its number at the thread's row (see
``services.posting``), so whoever holds that row knows that nobody posts in the thread meanwhile.
"""
