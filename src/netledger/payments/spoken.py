"""How an explanation of access is said: one sentence in Russian or English, dates in words, no names and no remarks."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from netledger.access.models import Reason
from netledger.errors import Language
from netledger.payments.models import Credit
from netledger.tariffs.models import Subscription

if TYPE_CHECKING:
    from netledger.payments.explanation import Explanation

MINUS = "\N{MINUS SIGN}"
NO_BREAK = "\N{NO-BREAK SPACE}"

_MONTHS_RU = (
    *("января", "февраля", "марта", "апреля", "мая", "июня"),
    *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
)
_MONTHS_EN = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

_STATES: dict[Reason, tuple[str, str]] = {
    Reason.OPEN: ("Доступ открыт с {since}", "Access is open since {since}"),
    Reason.OVERDRAWN: ("Закрыт за долг с {since}", "Closed for debt since {since}"),
    Reason.BLOCKED: ("Заблокирован администратором с {since}", "Blocked by the administrator since {since}"),
    Reason.HELD: (
        "Закрыт с {since}, тариф ожидает оплаты",
        "Closed since {since}, the plan waits for payment",
    ),
    Reason.NO_PLAN: (
        "Закрыт с {since}, нет тарифа с доступом",
        "Closed since {since}, there is no plan that gives access",
    ),
    Reason.CLOSED: ("Договор закрыт {since}", "The contract was closed on {since}"),
}


def sentence_of(told: "Explanation", language: Language) -> str:
    """The sentence; of the past it begins with the moment that was asked about."""
    speech = _Speech(told, language)
    said = speech.sentence()
    return f"{speech.moment(told.at)} \N{EM DASH} {said[0].lower()}{said[1:]}" if told.is_past else said


def spoken_roubles(amount: Decimal, language: Language) -> str:
    """A sum as people read it, with a true minus and thousands apart: −1 234,50 or −1,234.50."""
    text = f"{abs(amount):,.2f}"
    if language == "ru":
        text = text.replace(",", NO_BREAK).replace(".", ",")
    return f"{MINUS if amount < 0 else ''}{text}"


def credit_in_words(credit: Credit, language: Language) -> str:
    """Up to what sum a credit is, and through which day."""
    amount = spoken_roubles(credit.amount, language)
    if language == "ru":
        return f"кредит {amount} " + (f"по {credit.until_on:%d.%m.%Y}" if credit.until_on else "без срока")
    return f"credit of {amount} " + (f"through {credit.until_on}" if credit.until_on else "without end")


class _Speech:
    """One explanation in one language; a date has its year where that is not this year."""

    def __init__(self, told: "Explanation", language: Language) -> None:
        self.told = told
        self.language = language

    def say(self, ru: str, en: str) -> str:
        return ru if self.language == "ru" else en

    def sum(self, amount: Decimal) -> str:
        return spoken_roubles(amount, self.language)

    def day(self, day: date) -> str:
        month = self.say(_MONTHS_RU[day.month - 1], _MONTHS_EN[day.month - 1])
        year = "" if day.year == self.told.now_at.year else f" {day.year}"
        return f"{day.day} {month}{year}"

    def moment(self, moment: datetime) -> str:
        local = moment.astimezone(self.told.at.tzinfo)
        return f"{self.day(local.date())} {local:%H:%M}"

    def sentence(self) -> str:
        told = self.told
        if told.reason is None or told.since_at is None:
            return self._nothing_recorded()
        state = self.say(*_STATES[told.reason]).format(since=self.moment(told.since_at))
        facts = [self.say("баланс ", "balance ") + self.sum(told.balance), *self._credit()]
        return f"{state}{self._besides()}{self._plans()}: {', '.join(facts)}"

    def _nothing_recorded(self) -> str:
        if self.told.recorded_from_at is None:
            return self.say(
                "Доступ закрыт: ни тарифа, ни учётной записи ещё не было",
                "Access is closed: there has been no plan and no connection yet",
            )
        since = self.moment(self.told.recorded_from_at)
        return self.say(
            f"О доступе ничего не записано: история ведётся с {since}",
            f"Nothing is recorded of access: its history begins {since}",
        )

    def _besides(self) -> str:
        """What would keep the access closed without the administrator's block."""
        told = self.told
        if told.reason is not Reason.BLOCKED or not told.negbal:
            return ""
        if told.balance + (told.credit.amount if told.credit else 0) < 0:
            return self.say(", к тому же за долг", ", and for debt too")
        return self.say(
            ", к тому же нет тарифа, открывающего доступ", ", and without a plan that opens access too"
        )

    def _plans(self) -> str:
        """Which plan waits for money, or which one gave access and which one will."""
        today = self.told.at.date()
        match self.told.reason:
            case Reason.HELD:
                named = [self._name(one) for one in self.told.subscriptions if _is_in_force(one, today)]
            case Reason.NO_PLAN:
                named = [self._name(one) + self._term(one, today) for one in self._neighbours(today)]
            case _:
                named = []
        return f" ({', '.join(named)})" if named else ""

    def _neighbours(self, today: date) -> list[Subscription]:
        """The last that ended before that day, and the first that begins after it."""
        over = [one for one in self.told.subscriptions if one.until_on is not None and one.until_on < today]
        coming = [one for one in self.told.subscriptions if one.from_on > today]
        last = max(over, key=lambda one: (one.until_on, one.pk), default=None)
        return [one for one in (last, *coming[:1]) if one is not None]

    def _name(self, subscription: Subscription) -> str:
        return self.say("«{}»", "“{}”").format(subscription.plan.name)

    def _term(self, subscription: Subscription, today: date) -> str:
        if subscription.from_on > today or subscription.until_on is None:
            return self.say(" с ", " from ") + self.day(subscription.from_on)
        return self.say(" по ", " through ") + self.day(subscription.until_on)

    def _credit(self) -> list[str]:
        """The leave to owe, where the debt makes it matter."""
        told = self.told
        if told.reason is Reason.CLOSED or told.balance >= 0:
            return []
        if told.credit is not None:
            return [self._lent(told.credit)]
        return [self._taken_back(told.ended_credit)] if told.ended_credit is not None else []

    def _lent(self, credit: Credit) -> str:
        amount = self.say("кредит ", "credit of ") + self.sum(credit.amount)
        if credit.until_on is None:
            return amount + self.say(" без срока", " without end")
        return amount + self.say(" по ", " through ") + self.day(credit.until_on)

    def _taken_back(self, credit: Credit) -> str:
        """By its last day, where that was over; else when staff took it away."""
        assert credit.ended_at is not None
        amount = self.say("кредит ", "credit of ") + self.sum(credit.amount)
        ended_on = credit.ended_at.astimezone(self.told.at.tzinfo).date()
        if credit.until_on is not None and ended_on >= credit.until_on + timedelta(days=1):
            return amount + self.say(" действовал по ", " held through ") + self.day(credit.until_on)
        return amount + self.say(" отменён ", " taken away on ") + self.moment(credit.ended_at)


def _is_in_force(subscription: Subscription, day: date) -> bool:
    return subscription.from_on <= day and (subscription.until_on is None or day <= subscription.until_on)
