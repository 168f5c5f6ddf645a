"""What each room declares of its addresses; see tests/leaks/permission_table.py."""
