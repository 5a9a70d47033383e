"""An administrator whose password alone opens everything is found until he has a second factor or is disabled."""

import pytest

from backoffice.browser import a_member_of_staff
from found import codes
from netledger.backoffice.roles import Role
from netledger.backoffice.second_factor import begin_enrolment
from netledger.backoffice.services import set_active
from netledger.backoffice.sessions import SessionStore
from netledger.backoffice.staff_doctor import findings
from netledger.installation.settings import Settings

pytestmark = pytest.mark.django_db


def test_until_he_has_a_second_factor() -> None:
    administrator = a_member_of_staff(Role.ADMINISTRATOR)
    device = begin_enrolment(SessionStore(), administrator)
    (found,) = findings(Settings())
    assert codes([found]) == ["administrator_without_second_factor"]
    assert administrator.login in found.sentence("en")

    device.confirmed = True
    device.save()

    assert codes(findings(Settings())) == []


def test_until_he_may_sign_in_no_more() -> None:
    first, second = (a_member_of_staff(Role.ADMINISTRATOR) for _ in range(2))
    assert len(codes(findings(Settings()))) == 2

    set_active(login=first.login, is_active=False, by=None)

    (found,) = findings(Settings())
    assert second.login in found.sentence("en")


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_and_nobody_with_less_than_everything(role: Role) -> None:
    a_member_of_staff(role)

    assert codes(findings(Settings())) == []
