"""Pages, and Wagtail's own part of the admin."""

from django.core.files.base import ContentFile
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction, Site

from tests.leaks.permission_table import NETWORK, OK, OUTSIDER, PARK, ROLES, STAFF, Admin, Rule

ADDRESSES = {
    "pages:feed": Rule(OK),
    "wagtail_serve": Rule(OK, arguments=("page",)),
    # Wagtail hands out a file whatever the method.
    "wagtaildocs_serve": Rule(OK, OK, OK, arguments=("document", "document name")),
    # The passwords of pages and of collections are asked for by POST; here with a wrong one.
    "wagtailcore_authenticate_with_password": Rule(
        OK, OK, OK, arguments=("restriction", "page number")
    ),
    "wagtaildocs_authenticate_with_password": Rule(OK, OK, OK, arguments=("shut collection",)),
}

# Park staff write articles below the lists of best practice, and come near no other page. The lists
# are in both languages, so Wagtail lets them look at the tree above, of which they see only these.
WRITERS = (PARK, OUTSIDER)
EDITORS = Admin(writes=(NETWORK,), reads=WRITERS, object="page number")
TREE = Admin(writes=(NETWORK, *WRITERS), object="page number")
EVERYBODY_INSIDE = Admin(writes=STAFF)
NOBODY = Admin()
# What the tests ask for is somebody else's upload.
UPLOADS = Admin(adds=STAFF)

ADMIN = {
    "wagtailadmin_home": EVERYBODY_INSIDE,
    "wagtailadmin_account": EVERYBODY_INSIDE,
    "wagtailadmin_dismissibles": EVERYBODY_INSIDE,
    "wagtailadmin_editing_sessions": EVERYBODY_INSIDE,
    "wagtailadmin_logout": NOBODY,
    # Pages for trying out how errors look.
    "admin/test404/": EVERYBODY_INSIDE,
    "wagtailadmin_error_test": EVERYBODY_INSIDE,
    "admin/^.*/$": NOBODY,
    "wagtailadmin_sprite": Admin(writes=ROLES),
    "wagtailadmin_javascript_catalog": Admin(writes=ROLES),
    # Pages.
    "wagtailadmin_explore_root": EDITORS,
    "wagtailadmin_explore": TREE,
    "wagtailadmin_explore_results": TREE,
    "wagtailadmin_pages": EDITORS,
    "wagtailadmin_pages:type_use": TREE,
    "wagtailadmin_pages:type_use_results": TREE,
    "wagtailadmin_block_preview": EVERYBODY_INSIDE,
    "wagtail_bulk_action": NOBODY,
    "wagtailadmin_reports": EDITORS,
    "admin/reports/site-history/": EDITORS,
    "admin/reports/site-history/results/": EDITORS,
    "wagtailsettings": Admin(writes=(NETWORK,), object="site number"),
    "wagtail_localize": EDITORS,
    "wagtail_localize:javascript_catalog": EVERYBODY_INSIDE,
    "wagtail_localize:translations_report": EVERYBODY_INSIDE,
    "wagtail_localize:translations_report_results": EVERYBODY_INSIDE,
    "wagtailadmin_pages:move_confirm": EVERYBODY_INSIDE,
    "wagtailadmin_pages:confirm_workflow_cancellation": EVERYBODY_INSIDE,
    "wagtailadmin_pages:revisions_index": EVERYBODY_INSIDE,
    # Images and documents: everybody adds some and chooses among all, and changes their own.
    "wagtailimages": UPLOADS,
    "wagtailimages:preview": EVERYBODY_INSIDE,
    "wagtailimages:image_usage": EVERYBODY_INSIDE,
    "wagtailimages_chooser": EVERYBODY_INSIDE,
    "wagtaildocs": UPLOADS,
    "wagtaildocs_chooser": EVERYBODY_INSIDE,
    "wagtailadmin_api": EVERYBODY_INSIDE,
    "wagtailadmin_tag_autocomplete": EVERYBODY_INSIDE,
    "wagtailadmin_tag_model_autocomplete": EVERYBODY_INSIDE,
    "wagtailadmin_choose_page": EVERYBODY_INSIDE,
    "wagtailadmin_choose_page_child": EVERYBODY_INSIDE,
    "wagtailadmin_choose_page_search": EVERYBODY_INSIDE,
    "wagtailadmin_choose_page_chosen_multiple": EVERYBODY_INSIDE,
    "wagtailadmin_choose_page_external_link": EVERYBODY_INSIDE,
    "wagtailadmin_choose_page_email_link": EVERYBODY_INSIDE,
    "wagtailadmin_choose_page_phone_link": EVERYBODY_INSIDE,
    "wagtailadmin_choose_page_anchor_link": EVERYBODY_INSIDE,
    # People and groups.
    "wagtailusers_users": Admin(writes=(NETWORK,), object="person number"),
    "wagtailusers_groups": Admin(writes=(NETWORK,), object="group number"),
    "wagtailredirects": Admin(writes=(NETWORK,), object="redirect_id"),
    # Left to those who run the installation.
    "wagtailadmin_collections": NOBODY,
    "wagtailadmin_workflows": NOBODY,
    # Wagtail lets everybody see that there are no tasks to choose from.
    "wagtailadmin_workflows:task_chooser": EVERYBODY_INSIDE,
    "wagtailadmin_workflows:task_chooser_results": EVERYBODY_INSIDE,
    "wagtailadmin_workflows:task_chooser_create": EVERYBODY_INSIDE,
    "wagtailadmin_workflows:task_chosen": EVERYBODY_INSIDE,
    "wagtaillocales": NOBODY,
    "wagtailsites": NOBODY,
    "wagtailsnippets": NOBODY,
    "wagtailadmin_password_reset": NOBODY,
    "wagtailadmin_password_reset_done": NOBODY,
    "wagtailadmin_password_reset_confirm": NOBODY,
    "wagtailadmin_password_reset_complete": NOBODY,
}


def arguments(world):
    """A page and a document that everybody sees, and passwords to ask for."""
    document = get_document_model()(title="Vedlegg")
    document.file.save("vedlegg.txt", ContentFile(b"tekst"))
    document.save()
    page = world.section.get_children().live().first()
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="lukk opp"
    )
    collection = Collection.get_first_root_node().add_child(name="Lukket")
    shut = CollectionViewRestriction.objects.create(
        collection=collection,
        restriction_type=CollectionViewRestriction.PASSWORD,
        password="lukk opp",
    )
    redirect = Redirect.add_redirect("/gammel-adresse/", page)
    return {
        "page": {"nb": "om-parknett/", "en": "about-parknett/"},
        "page number": page.pk,
        "site number": Site.objects.get().pk,
        "restriction": restriction.pk,
        "shut collection": shut.pk,
        "document": document.pk,
        "document name": "vedlegg.txt",
        "document_id": document.pk,
        "redirect_id": redirect.pk,
        "doc_id": document.pk,
        "content_type_app_name": "pages",
        "content_type_model_name": "standardpage",
        "parent_page_id": world.section.pk,
        "app_name": "pages",
        "model_name": "sitesettings",
    }
