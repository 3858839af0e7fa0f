"""FEEL, the expression language of gateways, decision tables, forms and timers: our own subset, without `eval`.

`docs/feel.md` is the grammar on one page. Nothing here knows of anything else in the product.
"""

from forms.feel.errors import FeelError, shown
from forms.feel.evaluation import Environment, Run
from forms.feel.expression import Expression, UnaryTests, evaluate, matches, parse, parse_unary
from forms.feel.reads import constants, names, possible_names
from forms.feel.values import Months, Range
from forms.feel.writing import as_json

__all__ = [
    "Environment",
    "Expression",
    "FeelError",
    "Months",
    "Range",
    "Run",
    "UnaryTests",
    "as_json",
    "constants",
    "evaluate",
    "matches",
    "names",
    "parse",
    "parse_unary",
    "possible_names",
    "shown",
]
