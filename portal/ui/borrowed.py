"""Texts that Django's forms and the sign-in of allauth can show, and that their own Vietnamese catalogues lack.

Named here so that our catalogue has them (tests/ui/test_borrowed.py); nothing else reads them.
"""

from django.utils.translation import gettext_noop

FORMS = (
    gettext_noop("Enter a complete value."),
    gettext_noop("Enter a valid JSON."),
    gettext_noop("Enter a valid UUID."),
    gettext_noop("Enter a valid domain name."),
    gettext_noop("Enter a valid duration."),
    gettext_noop("Ensure this value is a multiple of step size %(limit_value)s."),
    gettext_noop(
        "Ensure this value is a multiple of step size %(limit_value)s, starting from %(offset)s, e.g. %(offset)s, "
        "%(valid_value1)s, %(valid_value2)s, and so on."
    ),
    gettext_noop("File extension “%(extension)s” is not allowed. Allowed extensions are: %(allowed_extensions)s."),
    gettext_noop(
        "ManagementForm data is missing or has been tampered with. Missing fields: %(field_names)s. "
        "You may need to file a bug report if the issue persists."
    ),
    gettext_noop("Null characters are not allowed."),
    gettext_noop("The inline value did not match the parent instance."),
    gettext_noop("The number of days must be between {min_days} and {max_days}."),
    gettext_noop("“%(pk)s” is not a valid value."),
)
SIGN_IN = (
    gettext_noop("Incorrect password."),
    gettext_noop("Invalid login."),
    gettext_noop("Invalid token."),
    gettext_noop("Please select only one."),
    gettext_noop("The new value must be different from the current one."),
    gettext_noop("The third-party account is already connected to a different account."),
    gettext_noop("This account is currently inactive."),
    gettext_noop("You cannot generate recovery codes without having two-factor authentication enabled."),
    gettext_noop("Your account has no password set up."),
)
