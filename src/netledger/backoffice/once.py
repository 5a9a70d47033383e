"""Acts of a page that are done once, however often the button is pressed."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from netledger.backoffice.models import Done, Staff
from netledger.ledger import clock


@transaction.atomic
def do_once(staff: Staff, act_key: UUID, act: Callable[[], Any]) -> Any:
    """Do the act in this transaction, unless its form was sent before; what it answered then is answered again.

    The unique index decides: who comes second waits for the first, and acts only if that one was undone.

    Args:
        act_key: made when the form was shown, and sent with it.
        act: does it; answers something that JSON can hold.
    """
    try:
        with transaction.atomic():
            done = Done.objects.create(act_key=act_key, staff=staff, outcome=None, recorded_at=clock.now())
    except IntegrityError:
        return Done.objects.get(pk=act_key, staff=staff).outcome
    done.outcome = act()
    done.save(update_fields=["outcome"])
    return done.outcome
