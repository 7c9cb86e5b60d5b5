"""Names of people, accounts and rivals: made up from lists, plausible, from many places, and no two alike."""

from playbook.simulate.draws import Draws, Ints

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


def people(n: int, draws: Draws) -> list[str]:
    """`n` names, all different; the first names too, as long as the list lasts."""
    first, last = draws.shuffled(len(FIRST)), draws.shuffled(len(LAST))
    rounds = [divmod(i, len(FIRST)) for i in range(n)]
    names = [f"{FIRST[first[i]]} {LAST[last[(i + turn * 7) % len(LAST)]]}" for turn, i in rounds[: 10 * len(FIRST)]]
    beyond = rounds[10 * len(FIRST) :]
    return names + [f"{FIRST[first[i]]} {LAST[last[(i + turn) % len(LAST)]]} {turn}" for turn, i in beyond]


def accounts(numbers: Ints) -> list[str]:
    """The account name of each number: the same number, the same name; different numbers, different names."""
    sizes = len(_PLACES), len(_FEATURES), len(_TRADES)
    total = sizes[0] * sizes[1] * sizes[2]
    stride = 48_271  # shares no factor with the total, so that neighbours look unrelated and none is left out
    mixed = (numbers % total) * stride % total
    turn = numbers // total
    place, rest = mixed % sizes[0], mixed // sizes[0]
    feature, trade = rest % sizes[1], rest // sizes[1]
    names = [f"{_PLACES[p]}{_FEATURES[f]} {_TRADES[t]}" for p, f, t in zip(place, feature, trade, strict=True)]
    return [name if t == 0 else f"{name} {t + 1}" for name, t in zip(names, turn, strict=True)]
