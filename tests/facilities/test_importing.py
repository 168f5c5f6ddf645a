"""Taking in a table of facilities."""

import io
from functools import partial
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tqdm import tqdm
from wagtail.models import ModelLogEntry

from network.facilities.exports import found_rows, rows_of
from network.facilities.importing import carry_out, plan_import
from network.facilities.models import Equipment, Facility, Method, PriceNote
from network.facilities.rows import COLUMNS
from network.facilities.spreadsheets import read_table, write_table
from network.organisations.models import Organisation
from network.parks.models import Park
from search.models import SearchEntry
from search.query import SearchRequest
from tests.factories.network import (
    FacilityFactory,
    MethodFactory,
    OrganisationFactory,
    ParkFactory,
    ThemeFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


class Terminal(io.StringIO):
    def isatty(self):
        return True


INDEPENDENT = Path(__file__).parents[1] / "search" / "independent" / "facilities.csv"

ROW = {
    "slug": "ny-lab",
    "name_nb": "Ny lab",
    "name_en": "New lab",
    "summary_nb": "Prøver stål.",
    "description_nb": "Vi *prøver*.",
    "park": "mo-industripark",
    "host": "Ukjent Lab AS",
    "methods": "Strekkprøving;Noe nytt",
    "equipment": "Instron 8802, 250 kN;Ovn|Nabertherm|20–1200|°C",
    "standards": "ISO 6892-1",
    "scale": "pilot",
    "trl_min": "3",
    "trl_max": "6",
    "access": "open",
    "price_note": "Fra 900 kr",
    "lead_time_days": "14",
    "lat": "66,31",
    "lon": "14.15",
    "contact_email": "lab@example.org",
    "url": "lab.example.org",
    "last_confirmed": "2026-10-14",
}


def csv(*rows, columns=COLUMNS):
    return write_table("csv", columns, [[row.get(c, "") for c in columns] for row in rows])


def plan(*rows, columns=COLUMNS):
    return plan_import(read_table("f.csv", csv(*rows, columns=columns)))


def take_in(*rows, columns=COLUMNS):
    planned = plan(*rows, columns=columns)
    assert [str(error) for error in planned.errors] == []
    carry_out(planned)
    return planned


def errors_of(**changes):
    return [(e.line, e.column) for e in plan(ROW | changes).errors]


def test_a_row_becomes_a_published_facility_with_all_its_parts(park):
    known = MethodFactory(name_nb="Strekkprøving")
    take_in(ROW)
    facility = Facility.objects.get(slug="ny-lab")
    assert facility.published
    assert facility.description_nb_html == "<p>Vi <em>prøver</em>.</p>\n"
    assert {m.name_nb for m in facility.methods.all()} == {"Strekkprøving", "Noe nytt"}
    assert known in facility.methods.all()
    machines = [(m.name_nb, m.make, m.range, m.unit) for m in facility.equipment.all()]
    assert machines == [
        ("Instron 8802, 250 kN", "", "", ""),
        ("Ovn", "Nabertherm", "20–1200", "°C"),
    ]
    assert facility.prices.get().user_type == PriceNote.UserType.ALL
    assert (facility.lat, facility.lon) == (66.31, 14.15)
    assert facility.url == "https://lab.example.org"
    assert f"{facility.confirmed_on}" == "2026-10-14"
    host = Organisation.objects.get(name="Ukjent Lab AS")
    assert (host.kind, list(host.parks.all())) == ("company", [park])
    assert SearchEntry.objects.get(key=f"facility:{facility.pk}").facets["scale"] == ["pilot"]
    assert ModelLogEntry.objects.filter(object_id=str(facility.pk)).count() == 1


def test_taking_in_the_same_table_twice_changes_nothing(park):
    take_in(ROW)
    version = SearchEntry.objects.get(slug="ny-lab", type="facility").version
    again = take_in(ROW)
    assert (len(again.new), len(again.changed), again.unchanged) == (0, 0, 1)
    assert SearchEntry.objects.get(slug="ny-lab", type="facility").version == version


def test_a_changed_row_changes_what_it_says_and_nothing_else(park):
    take_in(ROW)
    facility = Facility.objects.get()
    facility.themes = [ThemeFactory()]
    facility.safety_nb = "Vernebriller."
    facility.published = False
    facility.save()
    item = facility.equipment.get(name_nb="Ovn")
    item.name_en, item.quantity = "Furnace", 2
    item.save()
    PriceNote.objects.create(facility=facility, user_type="sme", note_nb="Halv pris")
    changed = take_in(
        ROW | {"name_nb": "Nytt navn", "equipment": "Ovn|Nabertherm|20–1300|°C", "price_note": ""}
    )
    assert len(changed.changed) == 1
    facility = Facility.objects.get()
    assert facility.name_nb == "Nytt navn"
    assert facility.safety_nb == "Vernebriller."
    assert facility.themes.count() == 1
    assert not facility.published
    item = facility.equipment.get()
    assert (item.range, item.name_en, item.quantity) == ("20–1300", "Furnace", 2)
    assert [price.user_type for price in facility.prices.all()] == ["sme"]


def test_columns_that_the_file_lacks_stay_as_they_are(park):
    take_in(ROW)
    columns = ("slug", "name_nb", "summary_nb", "park", "host")
    take_in(ROW | {"summary_nb": "Ny ingress."}, columns=columns)
    facility = Facility.objects.get()
    assert facility.summary_nb == "Ny ingress."
    assert facility.methods.count() == 2
    assert facility.trl_min == 3


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"slug": ""}, "slug"),
        ({"slug": "ikke en slug"}, "slug"),
        ({"slug": "sammenlign"}, "slug"),
        ({"slug": "x" * 141}, "slug"),
        ({"name_nb": ""}, "name_nb"),
        ({"name_nb": "x" * 201}, "name_nb"),
        ({"summary_nb": ""}, "summary_nb"),
        ({"description_en": "x" * 10_001}, "description_en"),
        ({"park": ""}, "park"),
        ({"park": "atlantis"}, "park"),
        ({"host": ""}, "host"),
        ({"host": "x" * 201}, "host"),
        ({"methods": "x" * 161}, "methods"),
        ({"methods": ";".join(f"m{n}" for n in range(101))}, "methods"),
        ({"standards": "x" * 61}, "standards"),
        ({"equipment": "x" * 201}, "equipment"),
        ({"equipment": "a|b|c|" + "x" * 41}, "equipment"),
        ({"scale": "huge"}, "scale"),
        ({"access": "maybe"}, "access"),
        ({"trl_min": "0"}, "trl_min"),
        ({"trl_min": "ti"}, "trl_min"),
        ({"trl_max": "10"}, "trl_max"),
        ({"trl_min": "7", "trl_max": "3"}, "trl_max"),
        ({"price_note": "x" * 301}, "price_note"),
        ({"lead_time_days": "-1"}, "lead_time_days"),
        ({"lead_time_days": "99999"}, "lead_time_days"),
        ({"lat": "nord"}, "lat"),
        ({"lat": "91"}, "lat"),
        ({"lat": "nan"}, "lat"),
        ({"lon": ""}, "lon"),
        ({"contact_email": "ingen adresse"}, "contact_email"),
        ({"url": "javascript://alert(1)"}, "url"),
        ({"url": "ikke en adresse"}, "url"),
        ({"last_confirmed": "i går"}, "last_confirmed"),
        ({"last_confirmed": "2026-02-30"}, "last_confirmed"),
    ],
)
def test_each_kind_of_bad_cell_is_reported_with_line_and_column(changes, column, park):
    assert errors_of(**changes) == [(2, column)]


def test_every_bad_cell_of_every_row_is_reported_and_nothing_is_written(park, tmp_path):
    file = tmp_path / "f.csv"
    file.write_bytes(
        csv(ROW, ROW | {"slug": "b", "park": "x", "trl_min": "x"}, ROW | {"slug": "c", "lat": "x"})
    )
    stderr = io.StringIO()
    with pytest.raises(CommandError, match="2 of 3 rows are bad"):
        call_command("import_facilities", file, stderr=stderr)
    reported = stderr.getvalue()
    for place in ("3, kolonne park", "3, kolonne trl_min", "4, kolonne lat"):
        assert f"linje {place}" in reported
    assert not Facility.objects.exists()
    assert not Organisation.objects.exists()
    assert not Method.objects.exists()


def test_partial_takes_in_the_good_rows_and_no_leftovers_of_the_bad_ones(park, tmp_path):
    file = tmp_path / "f.csv"
    bad = ROW | {"slug": "b", "scale": "x", "host": "Bare i feil rad", "methods": "Bare her"}
    file.write_bytes(csv(ROW, bad))
    out = io.StringIO()
    call_command("import_facilities", file, "--partial", stdout=out, stderr=io.StringIO())
    assert "1 new, 0 changed, 0 unchanged, 1 bad" in out.getvalue()
    assert not Organisation.objects.filter(name="Bare i feil rad").exists()
    assert not Method.objects.filter(name_nb="Bare her").exists()


def test_a_terminal_sees_how_far_each_step_is_and_a_log_file_does_not(park, monkeypatch):
    bars = []

    class Bar(tqdm):
        def close(self):
            if not self.disable:
                bars.append((self.desc, self.n, self.total))
            super().close()

    for module in ("network.facilities.importing", "search.projection"):
        monkeypatch.setattr(f"{module}.tqdm", partial(Bar, file=Terminal()))
    table = read_table("f.csv", csv(*(ROW | {"slug": f"lab-{n}"} for n in range(7))))
    carry_out(plan_import(table, progress=True), progress=True)
    shown = {desc: (done, total) for desc, done, total in bars}
    # The host has an entry, too.
    assert shown == {"Leser": (7, 7), "Skriver": (7, 7), "Gjør søkbart": (8, 8)}
    bars.clear()
    for module in ("network.facilities.importing", "search.projection"):
        monkeypatch.setattr(f"{module}.tqdm", partial(Bar, file=io.StringIO()))
    changed = read_table("f.csv", csv(ROW | {"slug": "lab-1", "name_nb": "Ny"}))
    carry_out(plan_import(changed, progress=True), progress=True)
    assert bars == []


def test_a_slug_twice_in_one_file_is_an_error(park):
    errors = plan(ROW, ROW | {"name_nb": "En til"}).errors
    assert [(e.line, e.column) for e in errors] == [(3, "slug")]


def test_a_row_with_too_many_or_too_few_cells_is_an_error(park):
    text = csv(ROW).decode("utf-8-sig") + "for,faa,celler\n" + "x," * 30 + "\n"
    errors = plan_import(read_table("f.csv", text.encode())).errors
    assert [(e.line, e.column) for e in errors] == [(3, ""), (4, "")]


@pytest.mark.parametrize(
    ("columns", "column"),
    [
        ((*COLUMNS, "farge"), "farge"),
        ((*COLUMNS, "slug"), "slug"),
        (tuple(c for c in COLUMNS if c != "park"), "park"),
    ],
)
def test_a_bad_heading_is_reported_and_nothing_else_is_read(columns, column, park):
    errors = plan(ROW, columns=columns).errors
    assert [(e.line, e.column) for e in errors] == [(1, column)]


def test_values_may_be_written_as_people_write_them(park):
    take_in(
        ROW
        | {
            "park": "Mo Industripark",
            "scale": "Laboratorium",
            "access": "open to all",
            "last_confirmed": "14.10.2026",
        }
    )
    facility = Facility.objects.get()
    assert (facility.scale, facility.access) == ("lab", "open")
    assert f"{facility.confirmed_on}" == "2026-10-14"


def test_hostile_text_is_stored_as_text_and_rendered_harmless(park):
    take_in(ROW | {"description_nb": "<script>alert(1)</script> =CMD()", "name_nb": "=1+1"})
    facility = Facility.objects.get()
    assert "<script>" not in facility.description_nb_html
    assert facility.name_nb == "=1+1"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_exported_can_be_taken_in_again_unchanged(kind, park, host):
    MethodFactory(slug="a", name_nb="Tvetydig")
    facility = FacilityFactory(
        slug="rund",
        name_nb="'=Rund; tur",
        description_nb="- liste\n- til\n",
        park=park,
        host=OrganisationFactory(slug="annen", name=host.name),
        methods=[MethodFactory(slug="b", name_nb="Tvetydig"), MethodFactory(name_nb="Del;delt")],
        lat=-12.5,
        lon=7.0,
        trl_max=4,
    )
    for name, reach in (("Ovn; stor", "1|2"), ("Vekt|liten", ""), ("Vekt|liten", "")):
        Equipment.objects.create(facility=facility, name_nb=name, range=reach)
    stored = Facility.objects.all()
    written = write_table(kind, COLUMNS, rows_of(stored))
    planned = plan_import(read_table(f"f.{kind}", written))
    assert [str(error) for error in planned.errors] == []
    assert (len(planned.new), len(planned.changed), planned.unchanged) == (0, 0, 1)


def test_ninety_facilities_come_in_with_few_queries(django_assert_max_num_queries):
    for slug in {row.cells[7] for row in read_table("f.csv", INDEPENDENT.read_bytes()).rows}:
        ParkFactory(slug=slug)
    table = read_table(INDEPENDENT.name, INDEPENDENT.read_bytes())
    planned = plan_import(table)
    assert planned.errors == []
    new = len(planned.new_hosts) + len(planned.new_terms)
    with django_assert_max_num_queries(12 * new + 100):
        carry_out(planned)
    assert Facility.objects.count() == 90
    again = plan_import(table)
    assert (len(again.new), len(again.changed), again.unchanged) == (0, 0, 90)
    assert Park.objects.count() == 8


class TestExportPage:
    """What readers take along."""

    URL = "/testfasiliteter/eksport"

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_it_holds_the_facilities_of_the_same_filters(self, kind, client, indexed, park, host):
        FacilityFactory(slug="a", scale="lab", park=park, host=host)
        FacilityFactory(slug="b", scale="pilot", park=park, host=host)
        indexed()
        response = client.get(f"{self.URL}.{kind}", {"scale": "pilot"})
        assert "attachment" in response["Content-Disposition"]
        table = read_table(f"f.{kind}", response.getvalue())
        assert tuple(table.columns) == COLUMNS
        assert [row.cells[0] for row in table.rows] == ["b"]

    def test_it_holds_no_drafts_and_no_formulae(self, client, indexed, park, host):
        FacilityFactory(slug="a", published=False, park=park, host=host)
        FacilityFactory(slug="b", name_nb='=HYPERLINK("http://x")', park=park, host=host)
        indexed()
        table = read_table("f.csv", client.get(f"{self.URL}.csv").getvalue())
        assert [row.cells[:2] for row in table.rows] == [["b", '\'=HYPERLINK("http://x")']]

    @pytest.mark.parametrize("parameters", [{}, {"q": "kalorimetri"}, {"near": "mo-industripark"}])
    def test_it_holds_more_than_any_page_of_the_list(
        self, parameters, client, indexed, park, host, monkeypatch
    ):
        monkeypatch.setattr("search.engines.embedded.MAX_RESULTS", 20)
        monkeypatch.setattr("network.facilities.exports.CHUNK", 25)
        facilities = [
            FacilityFactory(name_nb="Kalorimetri", park=park, host=host) for _ in range(60)
        ]
        indexed()
        table = read_table("f.csv", client.get(f"{self.URL}.csv", parameters).getvalue())
        assert len(table.rows) == 60
        assert {row.cells[0] for row in table.rows} == {each.slug for each in facilities}

    def test_it_is_whole_when_the_search_engine_is_away(self, client, indexed, park, host):
        FacilityFactory(slug="a", scale="lab", park=park, host=host)
        FacilityFactory(slug="b", scale="pilot", park=park, host=host)
        FacilityFactory(slug="c", scale="pilot", published=False, park=park, host=host)
        table = read_table("f.csv", client.get(f"{self.URL}.csv", {"scale": "pilot"}).getvalue())
        assert [row.cells[0] for row in table.rows] == ["b"]

    def test_it_reads_a_few_hundred_at_a_time(self, indexed, park, host, monkeypatch):
        monkeypatch.setattr("network.facilities.exports.CHUNK", 10)
        for _ in range(30):
            FacilityFactory(park=park, host=host)
        indexed()
        rows = found_rows(SearchRequest(types=("facility",)), AnonymousUser())
        with CaptureQueriesContext(connection) as queries:
            next(rows)
        read = [query for query in queries if 'FROM "facilities_facility"' in query["sql"]]
        assert len(read) == 1
        assert len(list(rows)) == 29

    def test_it_needs_few_queries(self, client, indexed, park, host, django_assert_max_num_queries):
        for _ in range(30):
            FacilityFactory(park=park, host=host)
        indexed()
        client.get(f"{self.URL}.csv").getvalue()
        with django_assert_max_num_queries(20):
            client.get(f"{self.URL}.csv").getvalue()
