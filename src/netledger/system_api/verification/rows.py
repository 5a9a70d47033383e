"""The verification itself: each call in each form at each host, a row each."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple
from urllib.parse import quote

from netledger.errors import Language
from netledger.system_api.verification.calls import FORMS, SESSION, Call, Form
from netledger.system_api.verification.differences import differences
from netledger.system_api.verification.facts import secrets_in
from netledger.system_api.verification.said import Said
from netledger.system_api.verification.sending import Host, NotAnswered, NotReached, Reply, send
from netledger.system_api.verification.shapes import error_in, value_of, wrong_with

Verdict = Literal["passed", "failed", "skipped"]
HIDDEN = "•••"
QUOTED_MAX = 100
SIGNS_IN = frozenset({"web_cabinet.login", "web_cabinet.try_auto_login"})
NOT_A_REPEAT = Said("повтор ответил другой операцией", "the repeat answered another operation")


class Outcome(NamedTuple):
    """What came of one call in one form at one host."""

    verdict: Verdict
    wrong: Said | None = None
    reply: Reply | None = None


class Row(NamedTuple):
    """A row of the table: the outcomes at the hosts, in their order, and in what two of them differ."""

    call: str
    form: str
    outcomes: list[Outcome]
    differs: Said | None

    @property
    def is_success(self) -> bool:
        """Whether every host answered as declared, and all the same."""
        return self.differs is None and all(outcome.verdict == "passed" for outcome in self.outcomes)


class Client:
    """One host as it is asked: what is known of it grows by its answers, and no secret is quoted of them."""

    def __init__(
        self, host: Host, facts: Mapping[str, str], passwords: Mapping[str, str], language: Language
    ) -> None:
        self.host = host
        self.facts = dict(facts)
        self.passwords = passwords
        self.language = language
        self.secrets = secrets_in(facts, passwords)
        self._away: Said | None = None
        self._made: dict[str, Any] = {}

    def ask(self, call: Call, form: Form) -> Outcome:
        """Send the call in that form, and look at the answer."""
        if lacks := call.missing(self.facts, self.passwords):
            names = ", ".join(lacks)
            return Outcome("skipped", Said(f"нет {names}", f"no {names}"))
        if self._away:
            return Outcome("failed", self._away)
        written = form.written(call.parameters(self.facts, self.passwords))
        try:
            reply = send(self.host, form.verb, written, language=self.language)
        except NotReached as away:
            self._away = away.said
            return Outcome("failed", away.said)
        except NotAnswered as trouble:
            return Outcome("failed", trouble.said)
        wrong = self._wrong_with(call, reply)
        return Outcome("failed" if wrong else "passed", wrong, reply)

    def _wrong_with(self, call: Call, reply: Reply) -> Said | None:
        value = value_of(reply.body)
        if sentence := error_in(value):
            quoted = self._quoted(sentence)
            return Said(f"отказ: {quoted}", f"refused: {quoted}")
        if reply.status != 200:
            quoted = self._quoted(reply.body[:QUOTED_MAX].decode(errors="replace"))
            return Said(quoted or "пустой ответ", quoted or "an empty answer")
        wrong = wrong_with(call.method, reply.body)
        if wrong is None and call.method.name in SIGNS_IN:
            self._sign_in(value["session_id"])
        if wrong is None and call.writes and self._is_another(call, value):
            return NOT_A_REPEAT
        return wrong

    def _sign_in(self, token: str) -> None:
        """Later calls speak for whoever was signed in."""
        self.facts[SESSION] = token
        self.secrets.append(token)

    def _is_another(self, call: Call, value: Any) -> bool:
        """Whether the same call, sent again, made something else."""
        made = (value[0] if isinstance(value, list) else value)["pk"]
        return bool(self._made.setdefault(call.name, made) != made)

    def without_secrets(self, text: str) -> str:
        """The text with whatever it repeats of what must not be shown hidden."""
        for secret in sorted(self.secrets, key=len, reverse=True):
            text = text.replace(quote(secret, safe=""), HIDDEN).replace(secret, HIDDEN)
        return text

    def _quoted(self, text: str) -> str:
        """What a host says of a call, in one line."""
        text = self.without_secrets(text)
        shown = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
        return shown if len(shown) <= QUOTED_MAX else shown[:QUOTED_MAX] + "…"


def verify(clients: list[Client], calls: Iterable[Call]) -> Iterator[Row]:
    """Ask every host each call in each form."""
    for call in calls:
        for form in FORMS:
            outcomes = [client.ask(call, form) for client in clients]
            differs = _differs(call, outcomes)
            for client in clients:
                differs = differs and Said(*map(client.without_secrets, differs))
            yield Row(call.name, form.name, outcomes, differs)


def _differs(call: Call, outcomes: list[Outcome]) -> Said | None:
    """In what the answers of two hosts differ; what each of them made is its own."""
    replies = [outcome.reply for outcome in outcomes if outcome.reply]
    if len(replies) < 2 or call.writes:
        return None
    first, second = replies
    if first.status != second.status:
        statuses = f"{first.status} / {second.status}"
        return Said(statuses, statuses)
    return differences(call.method, first.body, second.body)
