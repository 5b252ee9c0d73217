"""Officers' passwords: at least 12 characters, none that everybody tries, no other rules. ASVS 6.2."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.accounts.models import User

CONTEXT_WORDS = ("motcua", "mot cua", "vneid", "ubnd", "uyban", "uy ban", "hanhchinh", "hanh chinh", "dichvucong")
LONGEST = 256
D_WITH_STROKE = "\N{LATIN SMALL LETTER D WITH STROKE}"  # the one letter that decomposition leaves alone


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.lower().replace(D_WITH_STROKE, "d"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


class ContextWordsValidator:
    """Refuses passwords that are little more than the user's name or a word of this portal."""

    def validate(self, password: str, user: User | None = None) -> None:
        plain = _plain(password)
        words = [*CONTEXT_WORDS, *([_plain(user.username)] if user else [])]
        for word in words:
            if word in plain and len(plain.replace(word, "")) < 8:
                raise ValidationError(
                    _("This password is built on a word that is easy to guess here. Choose another one."),
                    code="context_word",
                )

    def get_help_text(self) -> str:
        return _("Do not build it on your user name or the name of the portal.")


class LongestLengthValidator:
    """A bound against floods; far above what anybody types."""

    def validate(self, password: str, user: User | None = None) -> None:
        if len(password) > LONGEST:
            raise ValidationError(
                _("Passwords have at most %(longest)d characters."), params={"longest": LONGEST}, code="too_long"
            )

    def get_help_text(self) -> str:
        return _("At most %(longest)d characters.") % {"longest": LONGEST}
