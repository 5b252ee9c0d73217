"""Deeds around users and their sessions. Each one is a transaction with its event."""

import secrets
from collections.abc import Mapping
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import connection, transaction

from portal.accounts import one_time, vault
from portal.accounts.events import Fact
from portal.accounts.identity import Claims, Reason, RefusedError
from portal.accounts.models import (
    Citizen,
    End,
    Kind,
    OneTimeSecret,
    ProviderIdentity,
    Session,
    SessionQuerySet,
    User,
)
from portal.events import record
from portal.events.actors import ANONYMOUS, Actor, System
from portal.isolation import Purpose, scope

ATTEMPT = "accounts.sign_in"  # subject of an event when nobody is known yet


class CannotCloseSessionError(Exception):
    """The session is not the actor's, or has ended already."""


@transaction.atomic
def create_officer(*, username: str, password: str | None, actor: Actor, now: datetime) -> User:
    """A user for an officer. Without password they can only be signed in after one is set."""
    user = User(kind=Kind.OFFICER, username=username.strip().lower(), created_at=now)
    if password is None:
        user.set_unusable_password()
    else:
        user.set_password(password)
    user.full_clean(exclude=["password"])
    user.save(force_insert=True)
    record(Fact.USER_CREATED, subject=user, actor=actor, unit=None, at=now, facts={"kind": user.kind})
    return user


@transaction.atomic
def close_user(*, user: User, reason: str, actor: Actor, now: datetime) -> int:
    """Nobody signs in with it any more; its sessions end at once. Returns how many ended."""
    locked = User.objects.select_for_update().get(pk=user.pk)
    if not locked.is_active:
        return 0
    locked.is_active = user.is_active = False
    locked.save(update_fields=["is_active"])
    record(Fact.USER_CLOSED, subject=locked, actor=actor, unit=None, at=now, facts={"reason": reason[:200]})
    return _end(Session.objects.of(locked).live(now), why=End.DISABLED, actor=actor, now=now)


@transaction.atomic
def open_user(*, user: User, actor: Actor, now: datetime) -> None:
    locked = User.objects.select_for_update().get(pk=user.pk)
    if locked.is_active:
        return
    locked.is_active = user.is_active = True
    locked.save(update_fields=["is_active"])
    record(Fact.USER_OPENED, subject=locked, actor=actor, unit=None, at=now)


@transaction.atomic
def give_secret(*, user: User, unit: int, actor: Actor, now: datetime) -> str:
    """A new one-time secret for the officer, to be handed over and never shown again; an earlier one is void.

    Until it is used nothing changes: who asked for it by mistake goes on as before.
    """
    locked = User.objects.officers().active().select_for_update().get(pk=user.pk)
    secret, ends = one_time.make(), now + one_time.VALID
    OneTimeSecret.objects.update_or_create(
        user=locked, defaults={"digest": one_time.digest(secret), "expires_at": ends}
    )
    record(
        Fact.SECRET_GIVEN, subject=locked, actor=actor, unit=unit, at=now, facts={"until": ends}, concerns=[locked.pk]
    )
    return secret


@transaction.atomic
def use_secret(*, username: str, secret: str, password: str, now: datetime) -> User:
    """The officer's new password; what proved them before is void: password, second factors, sessions.

    `password` has passed the rules already. Raises RefusedError(SECRET | CLOSED).
    """
    user: User | None = User.objects.officers().select_for_update().filter(username=username.strip().lower()).first()
    found = OneTimeSecret.objects.filter(user=user, digest=one_time.digest(secret), expires_at__gt=now)
    if user is None or not found.delete()[0]:
        raise RefusedError(Reason.SECRET, user)
    if not user.is_active:
        raise RefusedError(Reason.CLOSED, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    Authenticator.objects.filter(user=user).delete()
    record(Fact.SECRET_USED, subject=user, actor=user, unit=None, at=now, concerns=[user.pk])
    _end(Session.objects.of(user).live(now), why=End.DISABLED, actor=user, now=now)
    return user


@transaction.atomic
def recognise_citizen(*, claims: Claims, now: datetime) -> User:
    """The citizen whom these verified claims name, made at the first sign-in. Raises RefusedError.

    The account at a provider is (issuer, subject); two providers that name one number lead to one citizen.
    """
    with scope(purpose=Purpose.SIGN_IN):
        index = Citizen.index_of(claims.party, claims.number)
        with connection.cursor() as cursor:  # two first sign-ins at once make one citizen, not an error
            cursor.execute("select pg_advisory_xact_lock(%s)", [int.from_bytes(index[:8], "big", signed=True)])
        identity = (
            ProviderIdentity.objects.select_related("citizen__user")
            .filter(issuer=claims.issuer, subject=claims.subject)
            .first()
        )
        if identity is not None and bytes(identity.citizen.number_index) != index:
            raise RefusedError(Reason.NUMBER_CHANGED)
        citizen = identity.citizen if identity else _numbered(claims)
        citizen = _refresh(citizen, claims, now) if citizen else _first_time(claims, now)
        if identity is None:
            ProviderIdentity.objects.create(
                citizen=citizen, issuer=claims.issuer, subject=claims.subject, linked_at=now
            )
            record(
                Fact.IDENTITY_LINKED,
                subject=citizen.user,
                actor=citizen.user,
                unit=None,
                at=now,
                facts={"issuer": claims.issuer},
                concerns=[citizen.pk],
            )
        if not citizen.user.is_active:
            raise RefusedError(Reason.CLOSED)
        return citizen.user


def _numbered(claims: Claims) -> Citizen | None:
    return Citizen.objects.numbered(claims.party, claims.number).select_related("user").first()


def _first_time(claims: Claims, now: datetime) -> Citizen:
    user = User(kind=Kind.CITIZEN, username=f"c-{secrets.token_hex(16)}", created_at=now)
    user.set_unusable_password()
    user.save(force_insert=True)
    record(
        Fact.USER_CREATED,
        subject=user,
        actor=user,
        unit=None,
        at=now,
        facts={"kind": user.kind, "party": claims.party},
        concerns=[user.pk],
    )
    citizen = Citizen(
        user=user,
        party=claims.party,
        name=claims.name,
        birth_on=claims.birth_on,
        tech_id=claims.tech_id,
        level=claims.level,
        updated_at=now,
    )
    citizen.number = claims.number
    citizen.save(force_insert=True)
    return citizen


def _refresh(citizen: Citizen, claims: Claims, now: datetime) -> Citizen:
    """Take over what the provider says differently since the last time."""
    said = {"name": claims.name, "birth_on": claims.birth_on, "tech_id": claims.tech_id, "level": claims.level}
    changed = [field for field, value in said.items() if getattr(citizen, field) != value]
    if not changed:
        return citizen
    for field in changed:
        setattr(citizen, field, said[field])
    citizen.updated_at = now
    citizen.save(update_fields=[*changed, "updated_at"])
    record(
        Fact.CITIZEN_UPDATED,
        subject=citizen.user,
        actor=citizen.user,
        unit=None,
        at=now,
        facts={"fields": sorted(changed)},
        concerns=[citizen.pk],
    )
    return citizen


@transaction.atomic
def note_sign_in(*, user: User, method: str, now: datetime, facts: Mapping[str, object] | None = None) -> None:
    record(
        Fact.SIGNED_IN,
        subject=user,
        actor=user,
        unit=None,
        at=now,
        facts={"method": method, **(facts or {})},
        concerns=[user.pk],
    )


@transaction.atomic
def note_refusal(*, reason: Reason, method: str, now: datetime, user: User | None = None) -> None:
    """Somebody was not let in. `user` when it is known whose door it was."""
    record(
        Fact.REFUSED,
        subject=user or (ATTEMPT, method),
        actor=ANONYMOUS,
        unit=None,
        at=now,
        facts={"method": method, "reason": reason.value},
        concerns=[user.pk] if user else [],
    )


@transaction.atomic
def note_lock(*, method: str, until: datetime, now: datetime, user: User | None = None) -> None:
    record(
        Fact.LOCKED,
        subject=user or (ATTEMPT, method),
        actor=ANONYMOUS,
        unit=None,
        at=now,
        facts={"method": method, "until": until},
        concerns=[user.pk] if user else [],
    )


@transaction.atomic
def note_sign_out(*, user: User, now: datetime) -> None:
    record(Fact.SIGNED_OUT, subject=user, actor=user, unit=None, at=now, concerns=[user.pk])


@transaction.atomic
def note_second_factor(*, user: User, kind: str, added: bool, now: datetime) -> None:
    record(
        Fact.FACTOR_ADDED if added else Fact.FACTOR_REMOVED,
        subject=user,
        actor=user,
        unit=None,
        at=now,
        facts={"type": kind},
        concerns=[user.pk],
    )


@transaction.atomic
def note_password_change(*, user: User, now: datetime) -> None:
    """Django's session hash ends all other sessions of the user with their next request."""
    record(Fact.PASSWORD_CHANGED, subject=user, actor=user, unit=None, at=now, concerns=[user.pk])


@transaction.atomic
def end_session(*, session: Session, why: End, actor: Actor, now: datetime) -> None:
    if not _end(Session.objects.filter(pk=session.pk), why=why, actor=actor, now=now):
        raise CannotCloseSessionError


@transaction.atomic
def end_other_sessions(*, user: User, keep: Session | None, now: datetime) -> int:
    """All sessions of `user` but the one they sit at; how many ended."""
    others = Session.objects.of(user).live(now)
    if keep is not None:
        others = others.exclude(pk=keep.pk)
    return _end(others, why=End.OWNER, actor=user, now=now)


@transaction.atomic
def clear_sessions(*, now: datetime) -> int:
    """Throw away rows of sessions that are over for so long that nobody needs to be told why. How many they were."""
    with scope(purpose=Purpose.RETENTION):
        count, _each = Session.objects.stale(now).delete()
        if count:
            facts = {"rows": count}
            subject = ("accounts.session", "all")
            record(Fact.SESSIONS_CLEARED, subject=subject, actor=System.SCHEDULE, unit=None, at=now, facts=facts)
    return count


@transaction.atomic
def reencrypt(*, now: datetime) -> int:
    """Seal each registered value anew with the newest key, in one transaction. Returns how many were."""
    count = 0
    with scope(purpose=Purpose.BACKFILL):
        for column in vault.registered():
            model = apps.get_model(column.model)
            rows = (
                model.objects.exclude(**{column.field: None})
                .exclude(**{column.field: b""})
                .select_for_update()
                .order_by("pk")
            )
            for row in rows.iterator(chunk_size=500):
                setattr(row, column.attribute, getattr(row, column.attribute))
                row.save(update_fields=[column.field, *filter(None, [column.index])])
                count += 1
    facts = {"key": vault.current_key(), "rows": count}
    record(Fact.REENCRYPTED, subject=("accounts.vault", "all"), actor=System.COMMAND, unit=None, at=now, facts=facts)
    return count


def _end(sessions: SessionQuerySet, *, why: End, actor: Actor, now: datetime) -> int:
    ended = list(sessions.filter(ended_at=None).select_for_update(of=("self",)).order_by("pk"))
    for session in ended:
        session.ended_at, session.ended_by, session.data = now, why, ""
        session.save(update_fields=["ended_at", "ended_by", "data"])
        record(
            Fact.SESSION_ENDED,
            subject=("accounts.session", str(session.public_id)),
            actor=actor,
            unit=None,
            at=now,
            facts={"reason": why.value},
            concerns=[session.user_id] if session.user_id else [],
        )
    return len(ended)
