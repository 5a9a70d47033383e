"""Where the demonstration's subscribers live: a tree of towns, streets and houses, and the NAS of each house."""

from collections.abc import Callable, Iterator
from itertools import cycle
from random import Random
from typing import NamedTuple

from mimesis import Address as AddressSource
from mimesis.locales import Locale

from netledger.cli.demo.shares import NAS_COUNT

SUBSCRIBERS_A_TOWN = 20_000
TOWNS_MIN, TOWNS_MAX = 3, 40
HOUSES_A_STREET = (2, 5)
FLATS_A_HOUSE = (20, 50)
"""Those that are our subscribers."""
COTTAGES_A_STREET = (10, 30)
COTTAGE_STREET_OF = 5
"""One street of so many has houses for one family, without flats."""


Folder = tuple[str, ...]
"""The names of a group and of those above it, the town first."""


class Spot(NamedTuple):
    """One subscriber's home: its folder, its address, and which NAS serves it, from 0 on."""

    folder: Folder
    street: str
    house: str
    flat: str
    nas: int


def spots(*, subscribers: int, seed: str) -> Iterator[Spot]:
    """Homes without end, house by house."""
    random = Random(seed)  # noqa: S311 - the demonstration is to be the same each time
    source = AddressSource(Locale.RU, seed=seed)
    nases = cycle(range(NAS_COUNT))
    towns = min(max(TOWNS_MIN, subscribers // SUBSCRIBERS_A_TOWN), TOWNS_MAX)
    for town in _each_once(source.city):
        streets = _each_once(lambda: f"{source.street_suffix()} {source.street_name()}")
        settled = 0
        while settled * towns < subscribers:
            street = next(streets)
            for spot in _street(random, town, street, nases):
                settled += 1
                yield spot


def _street(random: Random, town: str, name: str, nases: Iterator[int]) -> Iterator[Spot]:
    """The homes of one street; each house has a NAS, cottages have one for their street."""
    street, folder = f"{town}, {name}", (town, name)
    if random.randrange(COTTAGE_STREET_OF) == 0:
        nas = next(nases)
        for cottage in range(1, random.randint(*COTTAGES_A_STREET) + 1):
            yield Spot(folder, street, str(cottage), "", nas)
        return
    for number in range(random.randint(*HOUSES_A_STREET)):
        house = str(2 * number + 1)
        flats = (*folder, f"дом {house}")
        nas = next(nases)
        for flat in range(1, random.randint(*FLATS_A_HOUSE) + 1):
            yield Spot(flats, street, house, str(flat), nas)


def _each_once(draw: Callable[[], str]) -> Iterator[str]:
    """What is drawn, without repeats."""
    known: set[str] = set()
    while True:
        name = draw()
        if name not in known:
            known.add(name)
            yield name
