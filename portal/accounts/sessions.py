"""Sessions with an owner. The cookie's key is stored as a digest only, so that a copy of the table signs nobody in."""

import hashlib
from typing import TYPE_CHECKING, Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError, router, transaction
from django.utils import timezone

CLIENT = "_client"  # {"ip", "agent"}: noted at sign-in, kept in columns


def digest(session_key: str) -> str:
    return hashlib.sha256(session_key.encode()).hexdigest()


class SessionStore(SessionBase):
    """Django's session interface over `accounts.Session`."""

    if TYPE_CHECKING:  # the stubs leave out what Django gives to engines

        def _get_new_session_key(self) -> str: ...
        def _get_session(self, no_load: bool = False) -> dict[str, Any]: ...

    @classmethod
    def get_model_class(cls) -> Any:
        from portal.accounts.models import Session  # the engine is imported before models are ready

        return Session

    def _rows(self) -> Any:
        return self.get_model_class().objects

    def row(self) -> Any:
        """This session's row, also when it has ended; None when the cookie names none."""
        if not hasattr(self, "_row"):  # kept also when load() has dropped the key of a session that ended
            key = self.session_key
            self._row = self._rows().filter(key_digest=digest(key)).first() if key else None
        return self._row

    def load(self) -> dict[str, Any]:
        row = self.row()
        if row is None or row.ended_at or row.expires_at <= timezone.now():
            self._session_key = None
            return {}
        return self.decode(row.data)

    def exists(self, session_key: str) -> bool:
        return bool(self._rows().filter(key_digest=digest(session_key)).exists())

    def create(self) -> None:
        while True:
            self._session_key = self._get_new_session_key()
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        if self.session_key is None:
            return self.create()
        data = self._get_session(no_load=must_create)
        model, now = self.get_model_class(), timezone.now()
        client = data.get(CLIENT, {})
        columns = {
            "data": self.encode(data),
            "expires_at": self.get_expiry_date(),
            "user_id": data.get(SESSION_KEY),
            "ip": client.get("ip"),
            "agent": client.get("agent", ""),
        }
        self.__dict__.pop("_row", None)
        if must_create:
            try:
                with transaction.atomic(using=router.db_for_write(model)):
                    model.objects.create(key_digest=digest(self.session_key), begun_at=now, seen_at=now, **columns)
            except IntegrityError as error:
                raise CreateError from error
        elif not model.objects.filter(key_digest=digest(self.session_key), ended_at=None).update(**columns):
            raise UpdateError
        return None

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            self._rows().filter(key_digest=digest(key)).delete()
        self.__dict__.pop("_row", None)

    @classmethod
    def clear_expired(cls) -> None:
        from portal.accounts.operations import clear_sessions  # as above

        clear_sessions(now=timezone.now())
