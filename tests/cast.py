"""People with names and posts, made by the operations: the commune An, its neighbour Đông, their province Thủy."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.accounts.operations import create_officer
from portal.events.actors import System
from portal.isolation import Purpose, scope
from staff.models import Assignment, AssignmentKind, Person, Post
from staff.operations import Decision, appoint, create_post, enter_person
from tests.units.land import Land, load_land

PASSWORD = "hoa mận nở trắng đồi"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
SINCE = date(2025, 7, 1)
NOW = datetime(2025, 7, 1, 1, 0, tzinfo=UTC)
DECISION = Decision("01/QĐ-UBND", date(2025, 6, 30))


@dataclass(frozen=True, slots=True)
class Member:
    """One of the cast: the account, the human being, the place at a post."""

    user: User
    person: Person
    assignment: Assignment

    @property
    def unit_id(self) -> int:
        return self.assignment.unit_id


@dataclass(frozen=True, slots=True)
class Cast:
    land: Land
    desk_officer: Member
    specialist: Member
    leader: Member
    deputy: Member
    clerk: Member
    administrator: Member
    outsider: Member
    vice_chair: Member

    @property
    def home(self) -> int:
        return self.land.new("00001").pk

    @property
    def neighbour(self) -> int:
        return self.land.new("00004").pk

    @property
    def province(self) -> int:
        return self.land.new("01").pk

    @property
    def elsewhere(self) -> int:
        """A commune of another province."""
        return self.land.new("00005").pk


def post_at(unit_id: int, code: str) -> Post:
    found = Post.objects.filter(unit_id=unit_id, code=code).first()
    return found or create_post(unit_id=unit_id, code=code, first_day=SINCE, actor=System.COMMAND, now=NOW)


def officer(username: str, *, name: str, number: str, unit_id: int, post: str, second_factor: bool = True) -> Member:
    """An officer with password, code app and a main assignment since 1 July 2025."""
    with scope(purpose=Purpose.DEMO):
        user = create_officer(username=username, password=PASSWORD, actor=System.COMMAND, now=NOW)
        if second_factor:
            TOTP.activate(user, SECRET)
        person = enter_person(name=name, number=number, user=user, unit_id=unit_id, actor=System.COMMAND, now=NOW)
        assignment = appoint(
            person=person,
            post=post_at(unit_id, post),
            kind=AssignmentKind.MAIN,
            first_day=SINCE,
            decision=DECISION,
            actor=System.COMMAND,
            now=NOW,
        )
    return Member(user, person, assignment)


def cast() -> Cast:
    land = load_land()
    home, neighbour, province = (land.new(code).pk for code in ("00001", "00004", "01"))
    rows = {
        "desk_officer": ("hoa", "Lù Thị Hoa", "000188000001", home, "desk-officer"),
        "specialist": ("pao", "Vàng Seo Páo", "000086000002", home, "civil-status-specialist"),
        "leader": ("thanh", "Nguyễn Văn Thành", "000076000003", home, "commune-chair"),
        "deputy": ("huy", "Trần Quốc Huy", "000084000005", home, "centre-deputy-director"),
        "clerk": ("mai", "Hoàng Thị Mai", "000192000006", home, "clerk"),
        "administrator": ("duc", "Phạm Minh Đức", "000082000007", province, "province-administrator"),
        "outsider": ("chu", "Sùng A Chứ", "000087000008", neighbour, "desk-officer"),
        "vice_chair": ("do", "Giàng Thị Dợ", "000180000004", home, "commune-vice-chair"),
    }
    members = {
        role: officer(username, name=name, number=number, unit_id=unit, post=post)
        for role, (username, name, number, unit, post) in rows.items()
    }
    return Cast(land=land, **members)


def code_now(step: int = 0) -> str:
    """What the code app of every officer here shows; `step` 1 is the next one."""
    return str(format_hotp_value(hotp_value(SECRET, int(timezone.now().timestamp()) // 30 + step)))


def sign_in(client: Client, user: User) -> Client:
    """A session as the two steps leave it, without going through the pages; `tests/accounts` goes through them."""
    kind = "Officer" if user.is_officer else "Citizen"
    client.force_login(user, backend=f"portal.accounts.backends.{kind}Backend")
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "at": timezone.now().timestamp(), "type": "totp"}]
    session[f"{AUTHENTICATION_METHODS_SESSION_KEY}_user"] = str(user.pk)
    session.save()
    return client
