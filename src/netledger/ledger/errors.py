"""What the ledger refuses."""

from datetime import datetime

from netledger.errors import Refusal


class TransferUnknown(Refusal):
    """No transfer has that id."""

    code = "operation_unknown"
    sentence_ru = "Операции {operation_id} нет"
    sentence_en = "There is no operation {operation_id}"
    operation_id: int


class ReversalNotReversible(Refusal):
    """A reversal is final: a wrong one is put right by a correction."""

    code = "reversal_final"
    sentence_ru = "Операция {operation_id} сама сторно: его исправляют корректировкой с причиной"
    sentence_en = "Operation {operation_id} is itself a reversal: put it right by a correction with a reason"
    operation_id: int


class AlreadyReversed(Refusal):
    """A transfer is reversed once."""

    code = "already_reversed"
    sentence_ru = "Операция {operation_id} уже сторнирована операцией {reversing_id}"
    sentence_en = "Operation {operation_id} has been reversed already, by operation {reversing_id}"
    operation_id: int
    reversing_id: int


class MomentInFuture(Refusal):
    """What is yet to come is not known."""

    code = "moment_in_future"
    sentence_ru = "at: {at:%Y-%m-%d %H:%M:%S%z} ещё не наступило"
    sentence_en = "at: {at:%Y-%m-%d %H:%M:%S%z} is yet to come"
    at: datetime
