"""What the payments' room refuses."""

from datetime import datetime
from decimal import Decimal

from netledger.errors import Refusal


class CreditChanged(Refusal):
    """Whoever grants a credit saw another one in force, or none: he is not to end what he has not seen."""

    code = "credit_changed"
    sentence_ru = "Тем временем в силе другой {credit_ru}. Он не заменён: посмотрите ещё раз"
    sentence_en = "Meanwhile another one is in force, a {credit_en}. It was not replaced: look again"

    credit_ru: str
    credit_en: str


class OperatorUnknown(Refusal):
    """A typing error in an operator's code would open a second name space, and so a double credit."""

    code = "operator_unknown"
    sentence_ru = "Платёжный оператор {operator_code} не заведён"
    sentence_en = "There is no payment operator {operator_code}"
    operator_code: str


class OperatorRetired(Refusal):
    """A retired operator takes no new payments."""

    code = "operator_retired"
    sentence_ru = "Платёжный оператор {operator_code} больше не принимает платежи"
    sentence_en = "Payment operator {operator_code} takes no payments any more"
    operator_code: str


class OperatorOfExchange(Refusal):
    """Only 1C brings payments of its operator: a gateway that took up a code of 1C's would stand in its way."""

    code = "operator_of_exchange"
    sentence_ru = (
        "Платёжный оператор {operator_code} — это обмен с 1С: "
        "платежи от него приносит только 1С, и снять его нельзя"
    )
    sentence_en = (
        "Payment operator {operator_code} is the exchange with 1C: "
        "only 1C brings its payments, and it is never retired"
    )
    operator_code: str


class OperatorExists(Refusal):
    """An operator's code is there once."""

    code = "operator_exists"
    sentence_ru = "Платёжный оператор {operator_code} уже заведён"
    sentence_en = "There is a payment operator {operator_code} already"
    operator_code: str


class OperatorCodeMalformed(Refusal):
    """An operator's code has a shape."""

    code = "operator_code_malformed"
    sentence_ru = (
        "Код оператора «{operator_code}»: нужны от 1 до {length_max} знаков без пробелов и управляющих"
    )
    sentence_en = (
        "Operator code “{operator_code}”: 1 to {length_max} characters, no spaces or control characters"
    )
    operator_code: str
    length_max: int


class PaymentConflict(Refusal):
    """The operator's id is known with another sum or subscriber, or (where it tells one) another day."""

    code = "payment_conflict"
    sentence_ru = (
        "Платёж {operator_payment_id} проведён с другой суммой или датой или другому абоненту "
        "(операция {operation_id})"
    )
    sentence_en = (
        "Payment {operator_payment_id} has another sum, day or subscriber (operation {operation_id})"
    )
    operator_payment_id: str
    operation_id: int


class PaymentCancelled(Refusal):
    """A cancelled payment is not taken again under the same id."""

    code = "cancelled"
    sentence_ru = "Платёж {operator_payment_id} отменён"
    sentence_en = "Payment {operator_payment_id} is cancelled"
    operator_payment_id: str


class PaymentUnknown(Refusal):
    """The operator has no payment of that id here."""

    code = "payment_unknown"
    sentence_ru = "Платёж {operator_payment_id} не найден"
    sentence_en = "There is no payment {operator_payment_id}"
    operator_payment_id: str


class CancelledTooLate(Refusal):
    """An operator may cancel within its days."""

    code = "cancel_too_late"
    sentence_ru = "Платёж {operator_payment_id} можно было отменить в течение {days} дней"
    sentence_en = "Payment {operator_payment_id} could be cancelled within {days} days"
    operator_payment_id: str
    days: int


class SumOutOfLimits(Refusal):
    """A correction or credit has its limits."""

    code = "sum_out_of_limits"
    sentence_ru = "Сумма {amount} вне пределов"
    sentence_en = "Sum {amount} is out of its limits"
    amount: Decimal


class ReasonMissing(Refusal):
    """What staff put right says who and why."""

    code = "reason_missing"
    sentence_ru = "Нужны автор и причина"
    sentence_en = "An author and a reason are needed"


class CreditUnknown(Refusal):
    """There is no credit in force to end."""

    code = "credit_unknown"
    sentence_ru = "У договора {contract_number} нет действующего кредита"
    sentence_en = "Contract {contract_number} has no credit in force"
    contract_number: str


class CreditOver(Refusal):
    """A credit's last day is today or later."""

    code = "credit_over"
    sentence_ru = "Последний день кредита уже прошёл"
    sentence_en = "The last day of the credit is over already"


class OnecCodeOfAnother(Refusal):
    """A 1C code is one operation's."""

    code = "onec_code_of_another"
    sentence_ru = (
        "Код 1С {onec_code} уже у операции {operation_id}; операции {refused_operation_id} он не присвоен"
    )
    sentence_en = "1C code {onec_code} is of operation {operation_id}; {refused_operation_id} did not get it"
    onec_code: str
    operation_id: int
    refused_operation_id: int


class OperationMarkedOtherwise(Refusal):
    """An operation that 1C has keeps its code."""

    code = "operation_marked_otherwise"
    sentence_ru = "У операции {operation_id} уже есть код 1С {onec_code}, код {refused_code} не присвоен"
    sentence_en = (
        "Operation {operation_id} has the 1C code {onec_code} already, and did not get {refused_code}"
    )
    operation_id: int
    onec_code: str
    refused_code: str


class MomentBeforeContract(Refusal):
    """Of access before the contract there is nothing to tell."""

    code = "moment_before_contract"
    sentence_ru = "at: {at:%Y-%m-%d %H:%M:%S%z} раньше договора, он заведён {created_at:%Y-%m-%d %H:%M:%S%z}"
    sentence_en = (
        "at: {at:%Y-%m-%d %H:%M:%S%z} is before the contract, which began {created_at:%Y-%m-%d %H:%M:%S%z}"
    )
    at: datetime
    created_at: datetime
