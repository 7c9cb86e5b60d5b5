"""Names of people, accounts and rivals: made up from lists, plausible, from many places, and no two alike."""

import numpy as np

from playbook.simulate.draws import Draws, Flags, Ints

# fmt: off
FIRST = (
    "Ana", "Ben", "Cara", "Dmitri", "Esra", "Femi", "Grace", "Hiro", "Ines", "Jamal", "Kavya", "Liam", "Mei", "Nadia",
    "Oskar", "Priya", "Quinn", "Rosa", "Samir", "Tova", "Uma", "Victor", "Wanjiru", "Ximena", "Yusuf", "Zofia", "Aditi",
    "Bruno", "Chidi", "Dalia", "Emil", "Fatou", "Goran", "Helena", "Idris", "Jana", "Kofi", "Leila", "Mateo", "Noor",
    "Otis", "Paloma", "Rafael", "Saskia", "Tariq", "Una", "Vikram", "Willa", "Yara", "Zane", "Amara", "Bogdan",
    "Camila", "Devon", "Elif", "Farid", "Greta", "Hassan", "Imani", "Joon", "Katya", "Lorenzo", "Mariam", "Nils",
    "Olga", "Pavel", "Rania", "Soren", "Thuy", "Umberto", "Vera", "Winston", "Yuki", "Zainab", "Anders", "Bianca",
    "Cyrus", "Dina", "Ezra", "Fiona", "Gita", "Hugo", "Ilse", "Jasper", "Keiko", "Lucia", "Marek", "Nia", "Omar",
    "Petra", "Rohan", "Selma", "Tomas", "Valeria", "Wren", "Yael", "Andile", "Beatriz", "Callum", "Deepa",
)
LAST = (
    "Abara", "Bellweather", "Castellan", "Dahlberg", "Eskildsen", "Fontaine", "Garabedian", "Haldane", "Iwasaki",
    "Jankowiak", "Kallaste", "Lindqvist", "Marchetti", "Nwosu", "Okonjo", "Pereira", "Quiroga", "Rautio", "Sandoval",
    "Tanaka", "Ueno", "Vasquez", "Whitlock", "Xiong", "Yilmaz", "Zielinski", "Achterberg", "Bhandari", "Corrigan",
    "Dressler", "Ekwueme", "Farrokh", "Gundersen", "Hakimi", "Ibarra", "Jovanovic", "Kowalczyk", "Lachance", "Mbeki",
    "Novotny", "Oyelaran", "Petrosyan", "Rasmussen", "Salonga", "Thornquist", "Usmani", "Venter", "Wierzba", "Yamada",
    "Zapata", "Ambrose", "Bergstrom", "Chaudhry", "Delacroix", "Engstrom", "Ferreira", "Grimaldi", "Horvath", "Ishida",
    "Juarez", "Kiplagat", "Laurent", "Mahfouz", "Nakagawa", "Orlov", "Pacheco", "Rosenthal", "Sithole", "Trinh",
    "Uddin", "Villanueva", "Westergaard", "Yoon", "Zaman", "Almeida", "Brandvold", "Cho", "Diallo", "Espinoza", "Fadel",
    "Guerin", "Hollis", "Ivarsson", "Jelinek", "Kamara", "Lopresti", "Molina", "Nygaard", "Osei", "Palmgren", "Rahimi",
    "Szabo", "Teixeira", "Ulrich", "Voss", "Wachira", "Yeo", "Zimmer", "Bakshi", "Czerny",
)
_PLACES = (
    "Alder", "Amber", "Ashford", "Basalt", "Beacon", "Birch", "Bluff", "Bramble", "Briar", "Canyon", "Cedar", "Cinder",
    "Clover", "Copper", "Coral", "Crane", "Delta", "Dover", "Drift", "Dune", "Eagle", "Ember", "Falcon", "Fern",
    "Flint", "Garnet", "Glen", "Granite", "Harbor", "Hazel", "Heron", "Hollow", "Indigo", "Iron", "Ivory", "Jasper",
    "Juniper",
    "Kestrel", "Lark", "Laurel", "Linden", "Maple", "Marsh", "Meadow", "Mesa", "Mill", "Moss", "North", "Oak", "Opal",
    "Orchard", "Otter", "Pebble", "Pine", "Prairie", "Quarry", "Raven", "Ridge", "River", "Rowan", "Saffron", "Sage",
    "Shale", "Silver", "Slate", "Sorrel", "Spruce", "Summit", "Tamarack", "Teal", "Thistle", "Timber", "Topaz", "Umber",
    "Valley", "Vine", "Walnut", "Willow", "Winter", "Wren",
)
_FEATURES = (
    "bank", "bay", "bridge", "brook", "cliff", "cove", "crest", "dale", "field", "ford", "gate", "grove", "haven",
    "hill", "hurst", "lake", "land", "lane", "mark", "mere", "moor", "mount", "path", "point", "port", "rock", "shore",
    "stead", "stone", "view", "ward", "water", "way", "well", "wick", "wood", "worth",
)
_TRADES = (
    "Foods", "Logistics", "Health", "Energy", "Partners", "Textiles", "Robotics", "Insurance", "Hotels", "Supply",
    "Dairy", "Freight", "Clinics", "Tools", "Paper", "Media", "Optics", "Farms", "Builders", "Labs", "Motors", "Glass",
    "Marine",
)
# fmt: on
REGIONS = ("Northeast", "Midwest", "Southeast", "Pacific", "Mountain", "South Central", "Great Lakes", "Mid-Atlantic")
RIVALS = ("Brimsoft", "Vantrelle", "Oxleyware", "Kestrio")


REPS, LEAVERS, MANAGERS, LEADERS = range(4)
_FIRST_PLACE = (0, 79, 99, 89)  # of FIRST: reps go up from it, the others down, so that first names rarely meet


class PeoplesNames:
    """Names of people, all different: the same number in the same group has the same name whoever else is there."""

    def __init__(self, draws: Draws) -> None:
        self._first = draws.permutation("first names", len(FIRST))
        self._last = draws.permutation("last names", len(LAST))

    def of(self, group: int, n: int) -> list[str]:
        """The first `n` names of a group (`REPS`, `LEAVERS`, `MANAGERS`, `LEADERS`)."""
        return [self._name(group, number) for number in range(n)]

    def _name(self, group: int, number: int) -> str:
        lap, place = divmod(number, len(FIRST))
        first = (_FIRST_PLACE[group] + (place if group == REPS else -place)) % len(FIRST)
        again, turn = divmod(lap, len(LAST) // 4)
        shift = 7 * (4 * turn + group)  # a shift of its own for each group and lap: 7 shares no factor with 100
        name = f"{FIRST[self._first[first]]} {LAST[self._last[(first + shift) % len(LAST)]]}"
        return f"{name} {again + 1}" if again else name


OWN_ACCOUNTS = 256  # account names set aside for each seller
_OTHERS_SELLERS = 32  # sets of names for who is no rep today


def account_numbers(seller: Ints, is_rep: Flags, number: Ints) -> tuple[Ints, Ints]:
    """The place in the list of account names and the lap around it, of each seller's account `number`.

    `seller` counts from 0 among the reps, or among the others. No two accounts have both alike.
    """
    sets = accounts_in_list() // OWN_ACCOUNTS
    own_lap, place = np.divmod(number, OWN_ACCOUNTS)
    n_sets = np.where(is_rep, sets - _OTHERS_SELLERS, _OTHERS_SELLERS)
    lap, own_set = np.divmod(seller, n_sets)
    own_set = np.where(is_rep, own_set, sets - 1 - own_set)
    both = lap + own_lap
    return own_set * OWN_ACCOUNTS + place, both * (both + 1) // 2 + own_lap  # Cantor's pairing


def accounts_in_list() -> int:
    """How many different account names there are before they are numbered."""
    return len(_PLACES) * len(_FEATURES) * len(_TRADES)


def accounts(places: Ints, laps: Ints) -> list[str]:
    """The account name of each place in the list; after the first lap with the lap's number."""
    stride = 48_271  # shares no factor with the total, so that neighbours look unrelated and none is left out
    mixed = places * stride % accounts_in_list()
    place, rest = mixed % len(_PLACES), mixed // len(_PLACES)
    feature, trade = rest % len(_FEATURES), rest // len(_FEATURES)
    names = [f"{_PLACES[p]}{_FEATURES[f]} {_TRADES[t]}" for p, f, t in zip(place, feature, trade, strict=True)]
    return [name if lap == 0 else f"{name} {lap + 1}" for name, lap in zip(names, laps, strict=True)]
