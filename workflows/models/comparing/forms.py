"""Forms field by field: *Fältet Budget blev obligatoriskt när projektet är stort.*"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from workflows.models.comparing.change import Area, Change, Scribe, Weight, What
from workflows.models.comparing.field_settings import Told
from workflows.models.comparing.field_terms import FORMULAS
from workflows.models.comparing.field_words import seen, tell
from workflows.models.comparing.form_parts import added_words, label_of, name_of, outermost, whole_of, with_it
from workflows.models.comparing.lexicon import Lexicon
from workflows.models.comparing.pairing import Part, differing, pair
from workflows.models.comparing.reading import flat, json_of, objects, text, told
from workflows.models.comparing.swedish import quoted, shown

_INSIDE = frozenset({"components", "values", "columns"})
_DEFAULTS: Mapping[str, Any] = {
    "validate.required": False,
    "multiple": False,
    "disabled": False,
    "readonly": False,
    "allowAddRemove": True,
}
_BESIDE = frozenset({"exporter.name", "exporter.version", "executionPlatform", "executionPlatformVersion"})
"""What editors write of themselves."""


def compare_forms(path: str, before: Lexicon, after: Lexicon) -> Iterator[Change]:
    """Yield what differs in a form that both versions have. Raises Unread."""
    key = path.removeprefix("forms/").removesuffix(".form.json")
    old, new = json_of(before.files[path]), json_of(after.files[path])
    scribe = Scribe(area=Area.FORM, file=path, where=f"Formuläret {text(new.get('title')) or key}")
    yield from _heads(scribe, old, new)
    was, now = list(_fields(old)), list(_fields(new))
    pairs = pair(was, now)
    for part in outermost(pairs.added):
        more = with_it(part, pairs.added)
        sentence = f"{added_words(part)[:-1]}{more}."
        yield scribe.row(part.key, sentence, what=What.ADDED, after=whole_of(part))
    for part in outermost(pairs.removed):
        sentence = f"{name_of(part)} togs bort{with_it(part, pairs.removed)}."
        yield scribe.row(part.key, sentence, what=What.REMOVED, before=whole_of(part))
    for left, right in pairs.renamed:
        if not left.key.rpartition(".")[2].startswith("#") or not right.key.rpartition(".")[2].startswith("#"):
            sentence = f"{name_of(right)} har ett nytt namn i villkor och beräkningar."
            yield scribe.row(right.key, sentence, before=left.key, after=right.key)
    for left, right in pairs.all_kept:
        yield from _changed(scribe, left, right, (before, after), key)
    yield from _placed(scribe, was, now, {left.key: right.key for left, right in pairs.all_kept})


def _heads(scribe: Scribe, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    leave = frozenset({"components"})
    for path, was, now in differing(flat(old, leave=leave), flat(new, leave=leave)):
        if path in _BESIDE:
            continue
        weight = Weight.WORDING if path.startswith("title") else Weight.LAYOUT
        sentence = (
            "Formuläret har ny rubrik." if path == "title.sv" else f"Formulärets uppgift {quoted(path)} är ändrad."
        )
        yield scribe.row(path, sentence, weight=weight, before=shown(was), after=shown(now))
    if told(_strange(old.get("components"))) != told(_strange(new.get("components"))):
        yield scribe.row("components", "Något i formuläret som inte är ett fält är ändrat.", weight=Weight.LAYOUT)


def _fields(raw: Mapping[str, Any], scope: str = "", home: str = "") -> Iterator[Part]:
    """Yield the components in order. A key belongs to the scope it writes into; what has none goes by its id."""
    seen: dict[str, int] = {}
    yield from _components(raw, scope, home, seen)


def _components(raw: Mapping[str, Any], scope: str, home: str, seen: dict[str, int]) -> Iterator[Part]:
    for component in objects(raw.get("components")):
        own = text(component.get("key")) or text(component.get("path"))
        name = scope + (own or f"#{text(component.get('id')) or text(component.get('type'))}")
        seen[name] = number = seen.get(name, 0) + 1
        key = name if number == 1 else f"{name}#{number}"
        part = _part(component, key, home)
        yield part
        inner = f"{key}." if text(component.get("path")) else scope
        yield from _components(component, inner, key, seen)


def _part(component: Mapping[str, Any], key: str, home: str) -> Part:
    values = {**_DEFAULTS, **flat(component, leave=_INSIDE), **_options(component)}
    if component.get("columns"):
        values["columns"] = component["columns"]
    strange = [one for name in ("values", "components") for one in _strange(component.get(name))]
    if strange:
        values["strange"] = strange
    unnamed = {name: value for name, value in values.items() if name not in {"key", "path", "id"}}
    return Part(key=key, values=values, home=home, content=told(unnamed))


def _options(component: Mapping[str, Any]) -> dict[str, Any]:
    """The choices of a field by value, and their order."""
    found: dict[str, Any] = {}
    options = list(objects(component.get("values")))
    for option in options:
        value = shown(option.get("value"))
        named = {"label": value, **flat(option)}
        found |= {f"values.{value}.{name}": inner for name, inner in named.items() if name != "value"}
    return {**found, "order": [told(option.get("value")) for option in options]} if options else found


def _strange(value: Any) -> list[Any]:
    """What stands where only objects should."""
    if value is None:
        return []
    return [one for one in value if not isinstance(one, Mapping)] if isinstance(value, list) else [value]


def _changed(scribe: Scribe, was: Part, now: Part, names: tuple[Lexicon, Lexicon], form: str) -> Iterator[Change]:
    for path, before, after in differing(was.values, now.values, formulas=FORMULAS):
        if path in {"key", "path"} or (path == "order" and set(before or ()) != set(after or ())):
            continue
        one = Told(name=name_of(now), path=path, before=before, after=after, names=names[1], form=form)
        sentence, weight = tell(one)
        yield scribe.row(
            now.key,
            sentence,
            weight=weight,
            before=seen(path, before, names[0], form),
            after=seen(path, after, names[1], form),
        )


def _placed(scribe: Scribe, was: list[Part], now: list[Part], same: Mapping[str, str]) -> Iterator[Change]:
    """Yield fields that lie in another section, or in another order within it."""
    homes = {same[part.key]: same.get(part.home, part.home) for part in was if part.key in same}
    names = {part.key: label_of(part) for part in now}
    staying = []
    for part in now:
        if part.key not in homes:
            continue
        if homes[part.key] == part.home:
            staying.append(part)
            continue
        sentence = f"{name_of(part)} flyttades till {_section(part.home, names)}."
        before, after = _section(homes[part.key], names), _section(part.home, names)
        yield scribe.row(part.key, sentence, what=What.MOVED, weight=Weight.LAYOUT, before=before, after=after)
    yield from _reordered(scribe, [same[part.key] for part in was if part.key in same], staying)


def _reordered(scribe: Scribe, before: list[str], staying: list[Part]) -> Iterator[Change]:
    by_home: dict[str, list[Part]] = {}
    for part in staying:
        by_home.setdefault(part.home, []).append(part)
    for parts in by_home.values():
        here = {part.key for part in parts}
        order = pair(
            [Part(key=key, values={}) for key in before if key in here], [Part(key=p.key, values={}) for p in parts]
        )
        for place, part in enumerate(parts):
            if part.key in order.moved:
                after = f"efter {label_of(parts[place - 1]) or parts[place - 1].key}" if place else "först"
                sentence = f"{name_of(part)} står nu på en annan plats: {after}."
                yield scribe.row(part.key, sentence, what=What.MOVED, weight=Weight.LAYOUT, after=after)


def _section(home: str, names: Mapping[str, str]) -> str:
    return f"avsnittet {names.get(home) or home}" if home else "formulärets översta nivå"
