"""Where roads wind: provinces of the Rif, the Atlas and the mountains south of it.

Of 20 pairs of towns there the road is 1.38 times the straight line on average (1.2 to 1.85), against 1.17 of 36 pairs
on the plain and the coast.
"""

from collections.abc import Mapping

MOUNTAIN_FACTOR = 1.4

_MOUNTAINS = {
    "01.051": "Al Hoceima",
    "01.151": "Chefchaouen",
    "01.405": "Ouezzane",
    "01.571": "Tétouan",
    "03.131": "Boulemane",
    "03.271": "Ifrane",
    "03.451": "Sefrou",
    "03.531": "Taounate",
    "03.561": "Taza",
    "05.081": "Azilal",
    "05.301": "Khénifra",
    "07.041": "Al Haouz",
    "07.161": "Chichaoua",
    "08.363": "Midelt",
    "08.401": "Ouarzazate",
    "08.577": "Tinghir",
    "08.587": "Zagora",
    "09.001": "Agadir-Ida-Ou-Tanane",
    "09.541": "Taroudannt",
    "09.551": "Tata",
    "10.473": "Sidi Ifni",
}
ROAD_FACTORS: Mapping[str, float] = dict.fromkeys(_MOUNTAINS, MOUNTAIN_FACTOR)
