"""Each demonstration subscriber as he is to be, drawn one after the other; nothing of him is written yet."""

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from netledger.cli.demo.money import Purse, purse_of
from netledger.cli.demo.offers import Tariff
from netledger.cli.demo.people import People, Person
from netledger.cli.demo.places import Spot, spots
from netledger.cli.demo.shares import (
    DECK,
    NAS_COUNT,
    NEWCOMER_OF,
    PERSONAL_SPEED_OF,
    Line,
    Standing,
)

KNOWN_FOR_DAYS = (30, 2000)
"""For how long the contracts of those are signed who are no newcomers, before the span begins."""
NEWCOMERS_DAYS_MIN = 10
"""Newcomers have been here so long at least."""
FIRST_CONTRACT = 1_000_000
ADDRESSES_A_BLOCK = 254


class Place(NamedTuple):
    """What a connection is known by on its NAS."""

    nas: int
    address: str
    mac: str
    snat_address: str | None


class Draft(NamedTuple):
    """One subscriber as he is to be. Days are numbers of the calendar."""

    number: int
    contract_number: str
    standing: Standing
    line: Line
    person: Person
    spot: Spot
    signed_day: int
    tariff: Tariff | None
    purse: Purse | None
    place: Place | None
    has_personal_speed: bool


class Cast:
    """Draws the subscribers; the same from the same seed."""

    def __init__(self, seed: int, tariffs: tuple[Tariff, ...], days: int) -> None:
        self._seed = seed
        self._days = days
        self._tariffs = tariffs
        self._shares = [tariff.share for tariff in tariffs]
        self._random = Random(f"{seed} cast")  # noqa: S311 - the demonstration is to be the same each time
        self._people = People(f"{seed} people")
        self._decks = [self._random.sample(DECK, k=len(DECK)) for _ in range(NAS_COUNT)]
        self._counts = [0] * NAS_COUNT

    def drafts(self, subscribers: int) -> Iterator[Draft]:
        """That many subscribers, one after the other."""
        homes = spots(subscribers=subscribers, seed=f"{self._seed} places")
        for number, spot in zip(range(1, subscribers + 1), homes, strict=False):
            yield self._draft(number, spot)

    def _draft(self, number: int, spot: Spot) -> Draft:
        random = self._random
        count = self._counts[spot.nas]
        self._counts[spot.nas] += 1
        standing, line = self._decks[spot.nas][count % len(DECK)]
        is_newcomer = random.randrange(NEWCOMER_OF) == 0
        signed_day = -random.randint(*KNOWN_FOR_DAYS)
        if is_newcomer or standing is Standing.SIGNED:
            signed_day = random.randint(0, self._days - NEWCOMERS_DAYS_MIN)
        tariff, purse, place = None, None, None
        if standing is not Standing.SIGNED:
            (tariff,) = random.choices(self._tariffs, self._shares)
            purse = purse_of(
                random,
                standing=standing,
                tariff=tariff,
                first=max(0, signed_day),
                end=self._days,
                is_newcomer=is_newcomer,
            )
            place = _place(spot.nas, count, line)
        return Draft(
            number=number,
            contract_number=f"{FIRST_CONTRACT + number:08d}",
            standing=standing,
            line=line,
            person=self._people.draw(number),
            spot=spot,
            signed_day=signed_day,
            tariff=tariff,
            purse=purse,
            place=place,
            has_personal_speed=random.randrange(PERSONAL_SPEED_OF) == 0,
        )


def _place(nas: int, count: int, line: Line) -> Place:
    """The addresses of a NAS's connection number `count`: private ones, shared ones behind NAT (RFC 6598).

    The public address after NAT is of RFC 5737, nobody's; the MAC is of no maker: locally administered.
    """
    block, host = divmod(count, ADDRESSES_A_BLOCK)
    upper, third = divmod(block, 256)
    second = {Line.STATIC: 64 * nas + 16, Line.NAT: 64 + 16 * nas}.get(line, 64 * nas + 40) + upper
    first = 100 if line is Line.NAT else 10
    scattered = ((count + 1) * 2_654_435_761 % 2**32).to_bytes(4, "big")
    return Place(
        nas=nas,
        address=f"{first}.{second}.{third}.{host + 1}",
        mac=bytes((0x02, nas, *scattered)).hex(":"),
        snat_address=f"198.51.100.{host + 1}" if line is Line.NAT else None,
    )
