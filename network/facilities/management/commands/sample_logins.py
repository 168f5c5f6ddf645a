"""Print the sample log-ins that this site has."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from accounts.models import User
from network.facilities.sample import LOGINS, PASSWORD


class Command(BaseCommand):
    help = "Print the sample log-ins that are on this site, with what each of them is."

    def handle(self, *args: Any, **options: Any) -> None:
        there = set(
            User.objects.filter(email__in=[login.email for login in LOGINS]).values_list(
                "email", flat=True
            )
        )
        found = [login for login in LOGINS if login.email in there]
        if found:
            self.stdout.write(f"Sample log-ins, password {PASSWORD}:")
        for login in found:
            self.stdout.write(f"    {login.email:22} {login.role}")
