"""Components."""

from tests.leaks.permission_table import MISSING, STAFF, Rule, for_roles

ADDRESSES = {"ui:gallery": Rule(for_roles(*STAFF, visitor=MISSING))}
