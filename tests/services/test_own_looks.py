"""Citizens see who looked at their data: post, unit, purpose, dossier."""

from portal.isolation import scope
from services.queries import seen
from tests.services.build import Office
from tests.services.desk import Desk
from tests.services.own import Home, citizen, filed


def test_a_look_of_the_desk_stands_there_with_post_and_unit(office: Office) -> None:
    user = citizen()
    dossier = filed(office, user)
    home = Home(user)
    assert "Chưa có ai xem" in home.page("own-looks")
    Desk(office.people.desk_officer).page("desk-dossier", dossier)
    told = home.page("own-looks")
    assert str(office.people.desk_officer.assignment.post) in told
    assert "Phường An" in told
    assert dossier.reference in told
    assert "Mục đích" in told
    assert office.people.desk_officer.person.name not in told


def test_others_see_nothing_of_it(office: Office) -> None:
    dossier = filed(office, citizen())
    Desk(office.people.desk_officer).page("desk-dossier", dossier)
    assert dossier.reference not in Home(citizen("khac")).page("own-looks")
    assert Desk(office.people.outsider).client.get("/tai-khoan/ai-da-xem/").status_code == 404


def test_pages_go_on_below_the_last_entry(office: Office) -> None:
    user = citizen()
    dossier = filed(office, user)
    desk = Desk(office.people.desk_officer)
    for _look in range(3):
        desk.page("desk-dossier", dossier)
    with scope(citizen=user.pk):
        found, more = seen.looks_at(user, before=None)
        older, _more = seen.looks_at(user, before=found[0].event.pk)
    assert (len(found), more) == (3, False)
    assert [one.event.pk for one in older] == [one.event.pk for one in found[1:]]
