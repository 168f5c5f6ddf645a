"""Sample facilities, their hosts, and one log-in for each role, all marked as what they are.

Everything invented lives at example.org. What was loaded once is remembered, so that a sample that
somebody has deleted or changed stays that way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from allauth.account.models import EmailAddress
from django.utils import timezone
from tqdm import tqdm

from accounts.groups import set_group
from accounts.models import User
from accounts.roles import NETWORK_ADMINISTRATORS
from network.facilities.enquiries.sample import load_sample_enquiries, remove_sample_enquiries
from network.facilities.loading import DATA
from network.facilities.models import Equipment, Facility, Material, Method, PriceNote, Standard
from network.facilities.services import FacilityData, create_facility
from network.loading import Report, load_records, read
from network.organisations.models import Organisation
from network.organisations.services import add_member
from network.parks.models import LoadedRecord, Park, ParkStaff, Theme
from search.projection import recording

SAMPLE_DATA: Final = DATA / "sample"
PASSWORD: Final = "prov-parknett-2026"  # noqa: S105 - for sample log-ins only, and printed for all to see
SAMPLE_PARK: Final = "mo-industripark"
SAMPLE_HOST: Final = "eksempel-fiberinstitutt"

PLAIN_FIELDS: Final = (
    *("name_nb", "name_en", "summary_nb", "summary_en", "scale", "trl_min", "trl_max", "access"),
    *("lead_time_days", "safety_nb", "safety_en", "certificates_nb", "certificates_en", "place"),
    *("lat", "lon", "contact_name", "contact_email", "url"),
)


@dataclass(frozen=True, slots=True)
class Login:
    """A sample person and what they are."""

    email: str
    first_name: str
    role: str


LOGINS: Final = (
    Login("medlem@example.org", "Medlem", "member"),
    Login("bedrift@example.org", "Bedrift", f"administrator of {SAMPLE_HOST}"),
    Login("park@example.org", "Park", f"staff of {SAMPLE_PARK}"),
    Login("nettverk@example.org", "Nettverk", "network administrator"),
)


def load_sample(report: Report) -> None:
    """Load hosts, facilities and log-ins; needs the parks and the vocabularies."""
    with recording():
        load_records(Organisation, _hosts(), report)
        _load_facilities(report)
        _load_logins(report)
        load_sample_enquiries(report, asker=LOGINS[0].email, host=SAMPLE_HOST)


def remove_sample() -> dict[str, int]:
    """Delete all of it, also what was changed since; gives how many of each kind."""
    with recording():
        enquiries = remove_sample_enquiries()
        facilities = Facility.objects.filter(sample=True)
        hosts = Organisation.objects.filter(sample=True, facilities__isnull=True)
        people = User.objects.filter(email__in=[login.email for login in LOGINS])
        LoadedRecord.objects.filter(
            model=Facility._meta.label_lower, key__in=read(SAMPLE_DATA, "facilities")
        ).delete()
        LoadedRecord.objects.filter(
            model=Organisation._meta.label_lower, key__in=read(SAMPLE_DATA, "hosts")
        ).delete()
        gone = {"enquiries": enquiries}
        for kind, objects in (("facilities", facilities), ("hosts", hosts), ("log-ins", people)):
            gone[kind] = objects.count()
            objects.delete()
        return gone


def _hosts() -> dict[str, dict[str, Any]]:
    return {
        slug: {
            "name": host["name"],
            "kind": host["kind"].replace("_", "-"),
            "municipality": host.get("municipality") or "",
            "parks": [host["park"]],
            "summary_nb": host.get("summary_nb") or "",
            "summary_en": host.get("summary_en") or "",
            "competences_nb": _lines(host.get("competences_nb") or ""),
            "competences_en": _lines(host.get("competences_en") or ""),
            "web": host.get("url") or "",
            "contact_email": host.get("email") or "",
            "sample": True,
        }
        for slug, host in read(SAMPLE_DATA, "hosts").items()
    }


def _lines(listed: str) -> str:
    return "\n".join(part.strip() for part in listed.split(","))


def _load_facilities(report: Report) -> None:
    kind = str(Facility._meta.verbose_name_plural)
    label = Facility._meta.label_lower
    loaded = set(LoadedRecord.objects.filter(model=label).values_list("key", flat=True))
    there = set(Facility.objects.values_list("slug", flat=True))
    targets = _Targets()
    for slug, record in tqdm(
        read(SAMPLE_DATA, "facilities").items(), desc="Sample facilities", disable=None
    ):
        if slug in there or slug in loaded:
            report.unchanged[kind] += 1
            continue
        create_facility(_facility(slug, record, targets))
        LoadedRecord.objects.create(model=label, key=slug, values={})
        report.created[kind] += 1


def _all_of(model: type[Any]) -> Iterable[Any]:
    instances: Iterable[Any] = model._default_manager.all()
    return instances


class _Targets:
    """What the records name by slug; a slug that is not known raises KeyError."""

    def __init__(self) -> None:
        models = (Park, Organisation, Method, Material, Standard, Theme)
        self._found: dict[type[Any], dict[str, Any]] = {
            model: {instance.slug: instance for instance in _all_of(model)} for model in models
        }

    def one(self, model: type[Any], slug: str) -> Any:
        return self._found[model][slug]

    def many(self, model: type[Any], slugs: list[str]) -> list[Any]:
        return [self.one(model, slug) for slug in slugs]


def _facility(slug: str, record: Mapping[str, Any], targets: _Targets) -> FacilityData:
    plain = {name: record[name] for name in PLAIN_FIELDS if record.get(name) is not None}
    confirmed = timezone.localdate() - timedelta(days=record["confirmed_days_ago"])
    fields = plain | {
        "slug": slug,
        "sample": True,
        "park": targets.one(Park, record["park"]),
        "host": targets.one(Organisation, record["host"]),
        "description_nb": record["description_nb"].strip(),
        "description_en": record["description_en"].strip(),
        "contact_phone": record.get("phone") or "",
        "confirmed_on": confirmed,
    }
    return FacilityData(
        fields=fields,
        methods=targets.many(Method, record["methods"]),
        materials=targets.many(Material, record["materials"]),
        standards=targets.many(Standard, record["standards"]),
        themes=targets.many(Theme, record["themes"]),
        equipment=[Equipment(**item) for item in record["equipment"]],
        prices=[
            PriceNote(**{**price, "user_type": price["user_type"].replace("_", "-")})
            for price in record["prices"]
        ],
    )


def _load_logins(report: Report) -> None:
    for login in LOGINS:
        if User.objects.filter(email=login.email).exists():
            report.unchanged["log-ins"] += 1
            continue
        user = User.objects.create_user(
            login.email, PASSWORD, first_name=login.first_name, last_name="(eksempel)"
        )
        EmailAddress.objects.create(user=user, email=login.email, verified=True, primary=True)
        report.created["log-ins"] += 1
        if login.role.startswith("administrator"):
            host = Organisation.objects.get(slug=SAMPLE_HOST)
            add_member(host, user, administrator=True)
        elif login.role.startswith("staff"):
            ParkStaff.objects.create(park=Park.objects.get(slug=SAMPLE_PARK), user=user)
        elif login.role.startswith("network"):
            set_group(user, NETWORK_ADMINISTRATORS, member=True)
