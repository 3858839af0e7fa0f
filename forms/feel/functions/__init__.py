"""The built-in functions of the language."""

from forms.feel.functions import aggregates, contexts, lists, numeric, temporal, text, truth
from forms.feel.functions.signature import FUNCTIONS, Signature

__all__ = ["FUNCTIONS", "Signature", "aggregates", "contexts", "lists", "numeric", "temporal", "text", "truth"]
