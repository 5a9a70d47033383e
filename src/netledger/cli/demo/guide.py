"""Finds, while the demonstration provider is written, what a visitor is shown of it."""

from collections.abc import Sequence
from typing import NamedTuple

from netledger.cli.demo.drafts import Draft
from netledger.cli.demo.facts import Facts
from netledger.cli.demo.folders import Folders
from netledger.cli.demo.history import Entry
from netledger.cli.demo.offers import Provider
from netledger.cli.demo.shares import DECK, NAS_COUNT, Line, Standing
from netledger.payments.bulk import PastPayment


class _Found(NamedTuple):
    draft: Draft
    payment: PastPayment
    operation_id: int


class Guide:
    """Keeps, for each NAS, who of its open subscribers has paid for the longest time."""

    def __init__(self, provider: Provider, folders: Folders) -> None:
        self._provider = provider
        self._folders = folders
        self._counts = [0] * NAS_COUNT
        self._found: list[_Found | None] = [None] * NAS_COUNT

    def look(self, drafts: Sequence[Draft], entries: Sequence[Entry], operation_ids: Sequence[int]) -> None:
        """Look at those who were written now, and at the operations that their movements became."""
        payments = {
            entry.sent_to: (entry, operation_id)
            for entry, operation_id in zip(entries, operation_ids, strict=True)
            if isinstance(entry, PastPayment)
        }
        for draft in drafts:
            nas = draft.spot.nas
            self._counts[nas] += 1
            if _is_shown(draft) and _days_ahead(draft) > _days_ahead(self._shown(nas)):
                self._found[nas] = _Found(draft, *payments[draft.contract_number])

    def facts(self) -> Facts:
        """What is shown: of the NAS with the most subscribers, who has all standings if any has."""
        nas = self._counts.index(max(self._counts))
        found = self._found[nas]
        assert found is not None and self._counts[nas] >= len(DECK), "too few subscribers"
        draft, payment, operation_id = found
        assert draft.place is not None
        return Facts(
            nas_ip=self._provider.nases[nas].address,
            contract_number=draft.contract_number,
            login=draft.person.login,
            passwd=draft.person.secret,
            ip=draft.place.address,
            parent_id=str(self._folders.group_id(draft.spot.folder)),
            pay_operator=payment.operator.code,
            op_id=str(operation_id),
            pay_id_str=payment.operator_payment_id,
        )

    def _shown(self, nas: int) -> Draft | None:
        found = self._found[nas]
        return found.draft if found else None


def _is_shown(draft: Draft) -> bool:
    """Whether it is an open subscriber with a static address of his own and a payment."""
    return (
        draft.standing is Standing.PAID
        and draft.line is Line.STATIC
        and draft.purse is not None
        and bool(draft.purse.paid)
    )


def _days_ahead(draft: Draft | None) -> int:
    return draft.purse.empty_on if draft is not None and draft.purse is not None else 0
