"""Functions over contexts."""

from forms.feel.evaluation import Run
from forms.feel.functions.signature import builtin
from forms.feel.values import Value


@builtin("get value", "m: context", "key: text")
def _get_value(m: dict[str, Value], key: str) -> Value:
    return m.get(key)


@builtin("get entries", "m: context", run=True)
def _get_entries(run: Run, m: dict[str, Value]) -> list[Value]:
    run.charge(len(m))
    return [{"key": key, "value": value} for key, value in m.items()]
