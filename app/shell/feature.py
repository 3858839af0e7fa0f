"""How a feature of the application presents itself to the factory, and the words in the bar on top."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flask import Blueprint, url_for
from flask_babel.speaklater import LazyString

from workflows.kernel.context import Context


def _for_everyone(_context: Context) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class NavigationItem:
    """One word of the main menu.

    `key` is what a page calls itself in the block `here` (by default its blueprint's name); `place` sorts; `label`
    is a lazy text; `count` says how many things wait, shown when it is not 0; `visible` trims by role.
    """

    key: str
    endpoint: str
    label: str | LazyString
    place: int
    count: Callable[[Context], int] | None = None
    visible: Callable[[Context], bool] = _for_everyone


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """A blueprint and what it adds to the menu."""

    blueprint: Blueprint
    navigation: tuple[NavigationItem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A word of the menu as one person sees it."""

    key: str
    label: str
    url: str
    count: int


class Navigation:
    """The main menu: only pages that exist, and of these only what the person may use."""

    def __init__(self, items: Iterable[NavigationItem]) -> None:
        self.items = tuple(sorted(items, key=lambda item: item.place))

    def links(self, context: Context) -> tuple[Link, ...]:
        """Return the menu of the person who asks."""
        return tuple(
            Link(
                key=item.key,
                label=str(item.label),
                url=url_for(item.endpoint),
                count=item.count(context) if item.count else 0,
            )
            for item in self.items
            if item.visible(context)
        )
