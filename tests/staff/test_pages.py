"""The published list of officers, and the page that says why somebody has rights."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from staff.operations import end_assignment
from tests.cast import DECISION, Cast, sign_in


def test_everybody_sees_who_is_at_which_post(people: Cast, client: Client) -> None:
    page = client.get(reverse("staff:unit-officers", args=[people.home])).content.decode()
    assert "Lù Thị Hoa" in page
    assert "Sùng A Chứ" not in page
    assert "000188000001" not in page
    assert page.index("Nguyễn Văn Thành") < page.index("Lù Thị Hoa"), "leaders come first"


def test_who_left_is_not_on_the_list(people: Cast, client: Client) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    end_assignment(
        assignment=people.clerk.assignment,
        until=yesterday,
        decision=DECISION,
        actor=people.administrator.user,
        now=timezone.now(),
    )
    assert "Hoàng Thị Mai" not in client.get(reverse("staff:unit-officers", args=[people.home])).content.decode()


def test_unknown_unit_is_not_found(people: Cast, client: Client) -> None:
    assert client.get(reverse("staff:unit-officers", args=[987654])).status_code == 404


def test_list_takes_a_bounded_number_of_queries(people: Cast, client: Client, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(12):
        assert client.get(reverse("staff:unit-officers", args=[people.home])).status_code == 200


def test_own_rights_name_assignment_decision_and_source(people: Cast, client: Client) -> None:
    page = sign_in(client, people.administrator.user).get(reverse("staff:own-rights")).content.decode()
    assert "01/QĐ-UBND" in page
    assert "NQ 76/2025/UBTVQH15" in page


def test_own_rights_need_signing_in(people: Cast, client: Client) -> None:
    answer = client.get(reverse("staff:own-rights"))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("accounts:sign-in"))
