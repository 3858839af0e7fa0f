"""The gates: the room where a decision is taken, its receipt, and the decision on record."""

from app.gates import decisions as decisions
from app.gates import requests as requests
from app.gates import room as room
from app.gates.blueprint import bp
from app.shell.feature import Feature

feature = Feature(blueprint=bp)
