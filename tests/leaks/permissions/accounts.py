"""People's own pages: ours and allauth's.

What allauth answers to methods that nobody uses is written down as it is, because all of it is
harmless: a PUT is taken for a POST, and some of its pages look at who asks before they look at how.
"""

from tests.leaks.permission_table import (
    FORBIDDEN,
    INCOMPLETE,
    MISSING,
    MOVED,
    MOVED_FOR_GOOD,
    NOT_ALLOWED,
    OK,
    STAFF,
    UNAUTHORIZED,
    VISITOR,
    Admin,
    Rule,
    for_roles,
    members,
)

# Pages for those who have not logged in; others are led on.
BEFORE = for_roles(VISITOR, others=MOVED)
LED_ON = for_roles(VISITOR, then=NOT_ALLOWED, others=MOVED)
# A form of one's own, empty when the tests send it.
OWN_FORM = Rule(members(), members(), members(NOT_ALLOWED), put=members(), options=members())
OWN_PAGE = Rule(members(), members(NOT_ALLOWED), members(NOT_ALLOWED), options=members())
# A form of one's own that leads back to itself.
OWN_RETURN = Rule(
    members(), members(MOVED), members(NOT_ALLOWED), put=members(MOVED), options=members()
)
ANYBODY = Rule(OK, options=OK)
LEADS_ON = Rule(MOVED, MOVED, MOVED)
# Only for those with a password, or with a second step; the people of the tests have neither.
NEEDS_MORE = Rule(members(FORBIDDEN), members(FORBIDDEN), members(FORBIDDEN))
NOT_SET_UP = Rule(members(MISSING), members(MISSING), members(MISSING))
NO_KEY = {"get": members(MISSING), "post": members(MISSING), "options": members()}
# Who may come in goes on; who is logged in and may not is told so.
ENTRANCE = Rule(for_roles(*STAFF, then=MOVED, others=FORBIDDEN))

ADDRESSES = {
    "accounts:overview": Rule(members(), members(NOT_ALLOWED), members(NOT_ALLOWED)),
    "accounts:profile": Rule(members(), members(INCOMPLETE), members(NOT_ALLOWED)),
    # Those with a password are asked for it once more; the people of the tests have just logged in.
    "accounts:export": Rule(members()),
    "accounts:download": Rule(members()),
    "accounts:erase": Rule(members(), members(INCOMPLETE)),
    "accounts:admin_entrance": ENTRANCE,
    # Wagtail's own log-in, led to ours.
    "_util/login/": ENTRANCE,
    "en/_util/login/": ENTRANCE,
    "wagtailcore_login": ENTRANCE,
    "account_login": Rule(BEFORE, BEFORE, LED_ON, put=BEFORE, options=BEFORE),
    "account_logout": Rule(members(), MOVED, options=OK),
    "account_inactive": ANYBODY,
    "account_signup": Rule(BEFORE, BEFORE, LED_ON, put=BEFORE, options=BEFORE),
    "account_reauthenticate": NEEDS_MORE,
    "account_email": OWN_RETURN,
    "account_email_verification_sent": LEADS_ON,
    "account_change_password": LEADS_ON,
    "account_set_password": OWN_FORM,
    "account_reset_password": Rule(OK, OK, put=OK, options=OK),
    "account_confirm_login_code": LEADS_ON,
    # The link of an e-mail, here with a key that was never sent.
    "account_reset_password_from_key": Rule(OK, OK, OK, arguments=("key", "key")),
    "account_reset_password_from_key_done": ANYBODY,
    "account_reset_password_done": ANYBODY,
    "mfa_index": OWN_PAGE,
    "mfa_authenticate": LEADS_ON,
    "mfa_reauthenticate": NEEDS_MORE,
    "mfa_activate_totp": OWN_FORM,
    "mfa_deactivate_totp": NOT_SET_UP,
    "mfa_view_recovery_codes": Rule(
        members(MISSING), members(NOT_ALLOWED), members(NOT_ALLOWED), options=members()
    ),
    "mfa_generate_recovery_codes": OWN_FORM,
    "mfa_download_recovery_codes": NOT_SET_UP,
    "mfa_list_webauthn": OWN_PAGE,
    "mfa_add_webauthn": OWN_FORM,
    "mfa_reauthenticate_webauthn": NEEDS_MORE,
    "mfa_remove_webauthn": Rule(
        others=members(NOT_ALLOWED), delete=members(MISSING), arguments=("number",), **NO_KEY
    ),
    "mfa_edit_webauthn": Rule(
        others=members(NOT_ALLOWED), put=members(MISSING), arguments=("number",), **NO_KEY
    ),
    "mfa_login_webauthn": Rule(MOVED, MOVED, LED_ON, put=MOVED, options=BEFORE),
    "usersessions_list": OWN_RETURN,
    # Log-in through others.
    "socialaccount_login_cancelled": ANYBODY,
    "socialaccount_login_error": Rule(UNAUTHORIZED, options=OK),
    "socialaccount_signup": LEADS_ON,
    "socialaccount_connections": OWN_FORM,
    "openid_connect_login": Rule(MISSING, MISSING, arguments=("key",)),
    "openid_connect_callback": Rule(MISSING, arguments=("key",)),
    **{
        f"{prefix}/social/{old}/": Rule(MOVED_FOR_GOOD, MOVED_FOR_GOOD, MOVED_FOR_GOOD)
        for prefix in ("konto", "en/account")
        for old in ("login/cancelled", "login/error", "signup", "connections")
    },
}

ADMIN = {
    # Wagtail's own log-in is covered by ours.
    "admin/login/": Admin(),
    "wagtailadmin_login": Admin(),
}


def arguments(world):
    """A key that belongs to nothing, and a number of nothing."""
    return {"key": "1a2b3c", "number": 4711}
