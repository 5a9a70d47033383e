"""The settings' page shows the file, refuses at the field, shows what saving will change, and changes no other byte."""

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError

from backoffice.browser import PASSWORD, Browser, a_member_of_staff, words_of
from backoffice.conftest import PutInForce
from netledger.backoffice import audit, service
from netledger.backoffice.models import AuditEntry, AuditValues
from netledger.backoffice.roles import Role
from netledger.installation.errors import ConfigRefused
from netledger.installation.home import VARIABLE, Home

PAGE, PREVIEW, SAVE = "/admin/settings/", "/admin/settings/preview/", "/admin/settings/save/"
SECRET = "D0nt5howMe"
CONFIG = f"""\
# наш файл
declare -A network
network["api.listen"]="0.0.0.0:8082" # не трогать
network['api.allowed_ip']='127.0.0.1  ::1'
network['api.allowed_ip.widget']='inputbox "Список IP для которых разрешено подключаться к системному API" "Адреса"'
network['api.context']='web collector'
network['api.collector.psw']='{SECRET}'
network['old.carbon.colour']='kept as it is'
network['radius_secret']='{SECRET}'
declare -A app

app['time_zone']='Europe/Moscow'
"""
CHANGE = re.compile(r'name="(change:[^"]+)" value="([^"]*)"')
VERSION = re.compile(r'name="version" value="([0-9a-f]{64})"')
FIELD = re.compile(r'name="((?:typed|shown):[^"]+)"(?: value="([^"]*)")?')


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home with that configuration, in force."""
    home = Home(tmp_path / "home")
    for folder in (home.config_folder, home.run):
        folder.mkdir(parents=True)
    home.config.write_text(CONFIG)
    home.active_config.write_text(CONFIG)
    monkeypatch.setenv(VARIABLE, str(home.path))
    return home


@pytest.fixture
def browser(browser: Browser, home: Home) -> Browser:
    """An administrator's."""
    browser.sign_in(a_member_of_staff(Role.ADMINISTRATOR))
    return browser


def _form_of(browser: Browser, **changed: str) -> dict[str, str]:
    """The form as the page fills it, with some fields typed over: `network__api__listen`, as Python names go."""
    page = browser.get(PAGE).content.decode()
    fields = {name: unescape(value or "") for name, value in FIELD.findall(page)}
    fields |= {
        "typed:" + name.removeprefix("shown:"): text for name, text in fields.items() if "shown:" in name
    }
    found = VERSION.search(page)
    assert found is not None
    return {**fields, "version": found[1], **changed}


def _preview(browser: Browser, **changed: str) -> Any:
    return browser.send(PREVIEW, token_of=PAGE, **_form_of(browser, **changed))


def _save(browser: Browser, preview: Any, **more: str) -> Any:
    """Press the button of a preview."""
    page = preview.content.decode()
    version = VERSION.search(page)
    assert version is not None, words_of(preview)
    fields = {name: unescape(text) for name, text in CHANGE.findall(page)}
    return browser.send(SAVE, token_of=PAGE, version=version[1], **fields, **more)


def test_it_shows_every_value_with_its_meaning_and_no_secret(browser: Browser) -> None:
    page, words = browser.get(PAGE).content.decode(), browser.text(PAGE)

    assert "Список IP для которых разрешено подключаться к системному API" in words
    assert "Сколько времени сессия считается живой" in words and "10–604800 с" in words
    assert "network.old.carbon.colour kept as it is" in words
    assert "network.radius_secret ***" in words
    assert SECRET not in page


def test_what_will_change_is_shown_as_lines_of_the_file_before_anything_is(
    browser: Browser, home: Home
) -> None:
    answer = _preview(browser, **{"typed:network.api.listen": "0.0.0.0:9090"})

    words = words_of(answer)
    assert '3 - network["api.listen"]="0.0.0.0:8082" # не трогать' in words
    assert '3 + network["api.listen"]="0.0.0.0:9090" # не трогать' in words
    assert home.config.read_text() == CONFIG


def test_saving_changes_those_lines_and_no_other_byte(browser: Browser, home: Home) -> None:
    changed = {"typed:network.api.listen": "0.0.0.0:9090", "typed:network.session.seen_within_s": "600"}

    answer = _save(browser, _preview(browser, **changed))

    assert answer.headers["Location"] == PAGE
    assert home.config.read_text() == CONFIG.replace('"0.0.0.0:8082"', '"0.0.0.0:9090"').replace(
        f"radius_secret']='{SECRET}'\n",
        f"radius_secret']='{SECRET}'\nnetwork['session.seen_within_s']='600'\n",
    )
    assert json.loads(home.config_json.read_bytes())["network"]["api.listen"] == ["0.0.0.0:9090"]
    assert "Вступит в силу после перезапуска" in browser.text(PAGE)


@pytest.mark.parametrize(
    ("key", "text", "why"),
    [
        ("network.api.listen", "somewhere", "АДРЕС:ПОРТ"),
        ("network.api.allowed_ip", "10.0.0.1/8", "напишите 10.0.0.0/8"),
        ("network.session.seen_within_s", "5", "от 10 до 604800"),
        ("app.time_zone", "Europe/Muscovy", "нет такого часового пояса"),
        ("backoffice.plain_http", "maybe", "yes или no"),
        ("network.api.web.allowed_ip", "x", "не адрес"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    browser: Browser, home: Home, key: str, text: str, why: str
) -> None:
    answer = _preview(browser, **{f"typed:{key}": text})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert why in unescape(page.split(f'id="error-{key}">')[1].split("</div>")[0])
    assert unescape(text) in page and home.config.read_text() == CONFIG


def test_what_the_audit_cannot_hold_is_not_done(
    browser: Browser, home: Home, told: "Told", monkeypatch: pytest.MonkeyPatch
) -> None:
    previewed = _preview(browser, **{"typed:network.api.listen": "0.0.0.0:9090"})
    restart = {"address": "/admin/settings/restart/", "token_of": PAGE}
    monkeypatch.setattr(audit.AuditEntry.objects, "create", _nothing_can_be_written)

    with pytest.raises(OperationalError):
        _save(browser, previewed)
    with pytest.raises(OperationalError):
        browser.send(**restart)

    assert home.config.read_text() == CONFIG and told.asked == 0


def _nothing_can_be_written(**_fields: object) -> None:
    raise OperationalError


def test_what_nobody_changed_is_not_written_even_if_it_is_odd(browser: Browser, home: Home) -> None:
    answer = _preview(browser)

    assert answer.headers["Location"] == PAGE
    assert home.config.read_text() == CONFIG


def test_a_password_is_changed_and_taken_away_without_being_shown(browser: Browser, home: Home) -> None:
    preview = _preview(
        browser, **{"new:network.api.collector.psw": "An0ther", "new:network.api.web.psw": "Web5"}
    )
    assert "An0ther" not in words_of(preview) and "Web5" not in words_of(preview)
    _save(browser, preview)
    assert "network['api.collector.psw']='An0ther'\n" in home.config.read_text()

    _save(browser, _preview(browser, **{"clear:network.api.web.psw": "yes"}))

    assert "network['api.web.psw']=''\n" in home.config.read_text()
    entry = AuditEntry.objects.filter(action="change_settings").order_by("id").first()
    assert entry is not None and entry.fields == ["network.api.collector.psw", "network.api.web.psw"]
    assert not AuditValues.objects.filter(entry=entry).exists()


def test_a_file_that_was_edited_by_hand_meanwhile_is_not_overwritten(browser: Browser, home: Home) -> None:
    preview = _preview(browser, **{"typed:network.api.listen": "0.0.0.0:9090"})
    by_hand = CONFIG.replace("Europe/Moscow", "Asia/Omsk")
    home.config.write_text(by_hand)

    answer = _save(browser, preview)

    assert answer.status_code == 409
    assert "Файл тем временем изменили" in words_of(answer) and "0.0.0.0:9090" in words_of(answer)
    assert home.config.read_text() == by_hand

    _save(browser, answer)

    assert home.config.read_text() == by_hand.replace('"0.0.0.0:8082"', '"0.0.0.0:9090"')


def test_what_was_edited_by_hand_since_the_form_was_shown_stays(browser: Browser, home: Home) -> None:
    form = _form_of(browser, **{"typed:network.api.listen": "0.0.0.0:9090"})
    by_hand = CONFIG.replace("Europe/Moscow", "Asia/Omsk")
    home.config.write_text(by_hand)

    preview = browser.send(PREVIEW, token_of=PAGE, **form)
    assert preview.status_code == 409 and "Asia/Omsk" not in words_of(preview)
    _save(browser, preview)

    assert home.config.read_text() == by_hand.replace('"0.0.0.0:8082"', '"0.0.0.0:9090"')


def test_nobody_locks_himself_out_without_being_told(browser: Browser, home: Home) -> None:
    preview = _preview(browser, **{"typed:backoffice.allowed_ip": "192.0.2.0/24"})
    assert "эти страницы перестанут открываться вам, с адреса 127.0.0.1" in words_of(preview)

    assert _save(browser, preview).status_code == 422
    assert home.config.read_text() == CONFIG

    _save(browser, preview, sure="yes")
    assert "backoffice['allowed_ip']='192.0.2.0/24'\n" in home.config.read_text()


def test_the_apis_own_list_locks_nobody_out_of_the_pages(browser: Browser) -> None:
    preview = _preview(browser, **{"typed:network.api.allowed_ip": "192.0.2.1"})

    assert 'name="sure"' not in preview.content.decode()


def test_what_netledger_does_not_read_cannot_be_changed_here(browser: Browser, home: Home) -> None:
    assert _preview(browser, **{"typed:network.old.carbon.colour": "gone"}).headers["Location"] == PAGE

    answer = browser.send(
        SAVE,
        token_of=PAGE,
        version=_form_of(browser)["version"],
        **{"change:network.old.carbon.colour": "gone"},
    )

    assert answer.status_code == 409 and home.config.read_text() == CONFIG


@pytest.mark.parametrize("value", ["a\nnetwork['api.context']='x'", "$(reboot)", "'; reboot; '"])
def test_what_is_typed_stays_one_value(browser: Browser, home: Home, value: str) -> None:
    """Case V22: nothing that is typed becomes another line, or runs when bash reads the file."""
    answer = browser.send(
        SAVE, token_of=PAGE, version=_form_of(browser)["version"], **{"change:network.api.web.psw": value}
    )

    if "\n" in value:
        assert answer.status_code == 409 and home.config.read_text() == CONFIG
    else:
        assert home.config.read_text().count("\n") == CONFIG.count("\n") + 1


def test_a_file_that_cannot_be_read_is_told_by_its_line(browser: Browser, home: Home) -> None:
    home.config.write_text(CONFIG + "reboot\n")

    assert f"строка {CONFIG.count(chr(10)) + 1}" in browser.text(PAGE)


def test_a_wrong_value_that_stands_in_the_file_is_named(browser: Browser, home: Home) -> None:
    home.config.write_text(CONFIG.replace("Europe/Moscow", "Europe/Muscovy"))

    assert "app.time_zone : нет такого часового пояса" in browser.text(PAGE)


def test_passwords_are_shown_to_who_signs_in_again_and_written_down(browser: Browser) -> None:
    secrets = "/admin/settings/secrets/"

    refused = browser.send(secrets + "show/", token_of=secrets, password="not mine")
    assert refused.status_code == 422 and SECRET not in refused.content.decode()
    assert not AuditEntry.objects.filter(action="see_secrets").exists()

    shown = browser.send(secrets + "show/", token_of=secrets, password=PASSWORD)

    assert f"network.api.collector.psw {SECRET}" in words_of(shown)
    entry = AuditEntry.objects.get(action="see_secrets")
    assert entry.fields == ["network.api.collector.psw", "network.radius_secret"]
    assert SECRET not in str(list(AuditValues.objects.values_list("content", flat=True)))


class Told:
    """A service that restarts as a test says."""

    def __init__(self) -> None:
        self.attempt: service.Attempt | None = None
        self.refusal: ConfigRefused | None = None
        self.asked = 0

    def ask_for_restart(self) -> float:
        if self.refusal:
            raise self.refusal
        self.asked += 1
        return 12.5

    def restarted_since(self, asked_s: float) -> service.Attempt | None:
        assert asked_s == 12.5
        return self.attempt


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    told = Told()
    from netledger.backoffice.views import restart

    monkeypatch.setattr(restart, "running_service", lambda: told)
    return told


def test_the_button_restarts_and_the_page_says_when_the_service_is_back(browser: Browser, told: Told) -> None:
    page = browser.send("/admin/settings/restart/", token_of=PAGE).content.decode()
    address = re.search(r'hx-get="([^"]+restart[^"]+)"', page)
    assert told.asked == 1 and address is not None
    state = unescape(address[1])
    assert 'hx-trigger="every 1s"' in browser.get(state, HTTP_HX_REQUEST="true").content.decode()

    told.attempt = service.Attempt("", "")

    over = browser.get(state, HTTP_HX_REQUEST="true").content.decode()
    assert "Служба снова работает" in over and "hx-trigger" not in over and "<html" not in over
    assert "<html" in browser.get(state).content.decode()


def test_a_restart_that_failed_says_why(browser: Browser, told: Told) -> None:
    told.attempt = service.Attempt("порт занят", "the port is taken")

    assert "порт занят" in browser.text("/admin/settings/restart/state/?asked=12.5")


def test_a_wrong_file_is_refused_before_anything_restarts(browser: Browser, told: Told) -> None:
    told.refusal = ConfigRefused(path="cfg/config", line=7, why_ru="так нельзя", why_en="no")

    answer = browser.send("/admin/settings/restart/", token_of=PAGE)

    assert answer.status_code == 409 and "строка 7: так нельзя" in words_of(answer)
    assert told.asked == 0


def test_the_page_speaks_english_too(browser: Browser, in_force: PutInForce) -> None:
    browser.cookies["language"] = "en"

    words = browser.text(PAGE)

    assert "Addresses and networks, separated by spaces, that may call the System API" in words
    assert not re.search("[А-Яа-я]", words.replace("Русский", "").replace("Пётр Ильич", ""))
