"""Functions over truth values, and over what may be missing."""

from forms.feel.functions.signature import builtin
from forms.feel.logic import negated
from forms.feel.values import Value


@builtin("not", "negand: any")
def _not(negand: Value) -> bool | None:
    return negated(negand)


@builtin("is defined", "value: any")
def _is_defined(value: Value) -> bool:
    """Whether there is a value: false for null too."""
    return value is not None


@builtin("get or else", "value: any", "default: any")
def _get_or_else(value: Value, default: Value) -> Value:
    return default if value is None else value
