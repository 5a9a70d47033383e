"""A NAS that nobody is connected through is found until somebody is, or until it is retired."""

import pytest

from found import codes
from given import a_connection
from netledger.installation.settings import Settings
from netledger.network.doctor import findings
from netledger.network.services import add_nas, end_connection, retire_nas

pytestmark = pytest.mark.django_db


def test_until_somebody_is_connected() -> None:
    nas = add_nas(name="Core", address="192.0.2.1")
    (lonely,) = findings(Settings())
    assert codes([lonely]) == ["nas_without_connections"]
    assert "192.0.2.1" in lonely.sentence("en")

    connection = a_connection(nas)

    assert codes(findings(Settings())) == []
    end_connection(connection_id=connection.pk)
    assert codes(findings(Settings())) == ["nas_without_connections"]


def test_until_it_is_retired() -> None:
    nas = add_nas(name="Core", address="192.0.2.1")

    retire_nas(address=nas.address)

    assert codes(findings(Settings())) == []
