"""What a provider types while the service runs shows at once on the wire."""

from demonstration import Demonstration


def test_sessions_come_twice_late_and_unordered_and_one_stays_open(demo: Demonstration) -> None:
    """Case V20 of cases.md: the NAS dies in the first session and tells of its end later."""
    login, nas = demo.rows(
        """SELECT c.login, host(n.address) FROM network_connection c JOIN network_nas n ON n.id = c.nas_id
            WHERE c.by_session AND c.ended_at IS NULL AND c.enabled AND NOT EXISTS (
                  SELECT FROM network_session s WHERE s.connection_id = c.id AND s.stopped_at IS NULL)
            ORDER BY c.id LIMIT 1"""
    )[0]
    address, shown = "100.127.0.20", []

    def told(*arguments: str) -> None:
        demo.cli("session", *arguments)
        shown.append(address in demo.listed("logged", nas))

    before = address in demo.listed("logged", nas)
    told("start", login, "s1", "--ip", address)
    told("start", login, "s2", "--ip", address)
    told("stop", login, "s1")
    told("stop", login, "unheard-of")
    line = next(row for row in demo.list_of("logged", nas, format="json").json if row["ip"] == address)
    told("stop", login, "s2")

    assert (before, shown) == (False, [True, True, True, True, False])
    assert (line["login"], line["logged"]) == (login, "1")


def test_an_operator_takes_money_from_when_it_is_added_until_it_is_retired(demo: Demonstration) -> None:
    contract_number = demo.facts["contract_number"]
    too_early = demo.pay(contract_number, "3.00", "kiosk-0", "kiosk")

    demo.cli("operator", "add", "kiosk", "--name", "Киоск")
    paid = demo.pay(contract_number, "3.00", "kiosk-1", "kiosk")
    demo.cli("operator", "retire", "kiosk")
    too_late = demo.pay(contract_number, "3.00", "kiosk-2", "kiosk")
    repeated = demo.pay(contract_number, "3.00", "kiosk-1", "kiosk")
    rows = [line.split("\t") for line in demo.cli("operator", "list").splitlines()]

    assert (too_early["code"], too_late["code"]) == ("operator_unknown", "operator_retired")
    assert repeated == paid
    assert [(row[1], bool(row[3])) for row in rows if row[0] == "kiosk"] == [("Киоск", True)]


def test_what_is_there_already_is_refused_in_a_sentence(demo: Demonstration) -> None:
    again = demo.service.cli("operator", "add", "osmp", "--name", "ОСМП")
    nas = demo.service.cli("nas", "add", demo.facts["nas_ip"], "--name", "Узел")

    assert (again.returncode, nas.returncode) == (1, 1)
    assert "osmp" in again.stderr and demo.facts["nas_ip"] in nas.stderr
    assert "Traceback" not in again.stderr + nas.stderr


def test_check_is_content_until_a_balance_is_not_the_sum_of_its_transfers(demo: Demonstration) -> None:
    move = "UPDATE ledger_account SET balance = balance + %s WHERE id = %s"
    account_id = demo.value(
        "SELECT account_id FROM subscribers_subscriber WHERE contract_number = %s",
        demo.facts["contract_number"],
    )
    before = demo.service.cli("check")

    demo.rows(move, 1, account_id)
    broken = demo.service.cli("check")
    demo.rows(move, -1, account_id)
    mended = demo.service.cli("check")

    assert (before.returncode, broken.returncode, mended.returncode) == (0, 1, 0), before.stdout
    assert str(account_id) in broken.stdout
    assert "1 difference(s)" in broken.stdout
