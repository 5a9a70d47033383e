"""What the tariffs' room refuses."""

from datetime import date
from decimal import Decimal

from netledger.errors import Refusal


class PlanExists(Refusal):
    """A plan's name is there once."""

    code = "plan_exists"
    sentence_ru = "Тариф «{name}» уже есть"
    sentence_en = "There is a plan “{name}” already"
    name: str


class PlanUnknown(Refusal):
    """No plan has that name."""

    code = "plan_unknown"
    sentence_ru = "Тарифа «{name}» нет"
    sentence_en = "There is no plan “{name}”"
    name: str


class PlanRetired(Refusal):
    """A retired plan is no longer sold."""

    code = "plan_retired"
    sentence_ru = "Тариф «{name}» больше не продаётся"
    sentence_en = "Plan “{name}” is no longer sold"
    name: str


class PlanHasNoPrice(Refusal):
    """A plan has a price from its first version's day only."""

    code = "plan_has_no_price"
    sentence_ru = "У тарифа «{name}» нет цены на {day}"
    sentence_en = "Plan “{name}” has no price on {day}"
    name: str
    day: date


class PlanVersionExists(Refusal):
    """A plan changes once a day at most, and a version is never edited."""

    code = "plan_version_exists"
    sentence_ru = "У тарифа «{name}» уже есть цена с {day}"
    sentence_en = "Plan “{name}” has a price from {day} already"
    name: str
    day: date


class PlanChargedAlready(Refusal):
    """A new price begins after all days that have been charged by the old one."""

    code = "plan_charged_already"
    sentence_ru = "По тарифу «{name}» уже списано по {day}: новая цена может начаться только позже"
    sentence_en = "Plan “{name}” has been charged through {day}: a new price can only begin after that"
    name: str
    day: date


class PriceOutOfLimits(Refusal):
    """A price is exact: two places at most, and never below zero."""

    code = "price_out_of_limits"
    sentence_ru = "Цена {price} вне пределов"
    sentence_en = "Price {price} is out of its limits"
    price: Decimal


class SubscriptionOverlaps(Refusal):
    """A subscriber has a plan once at a time."""

    code = "subscription_overlaps"
    sentence_ru = "Этот тариф у абонента в эти дни уже есть"
    sentence_en = "The subscriber has that plan on these days already"


class SubscriptionUnknown(Refusal):
    """No subscription has that id."""

    code = "subscription_unknown"
    sentence_ru = "Подключённой услуги {subscription_id} нет"
    sentence_en = "There is no subscription {subscription_id}"
    subscription_id: int


class SubscriptionEndsTooEarly(Refusal):
    """A subscription lasts a day or more."""

    code = "subscription_ends_too_early"
    sentence_ru = "Последний день {day} раньше первого дня тарифа у абонента"
    sentence_en = "The last day {day} is before the subscription's first"
    day: date


class SpeedOutOfLimits(Refusal):
    """A line's limit is -1 (not shaped) or within what Linux HTB takes."""

    code = "speed_out_of_limits"
    sentence_ru = "Скорость {field}={value} вне пределов"
    sentence_en = "Speed {field}={value} is out of its limits"
    field: str
    value: int
