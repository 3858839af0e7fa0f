"""Whole addresses of pages, for mails: they are written outside of any request."""

from __future__ import annotations

from typing import Protocol
from urllib.parse import urlsplit

from flask import Flask


class Address(Protocol):
    """Returns the whole address of an endpoint."""

    def __call__(self, endpoint: str, **values: str) -> str:
        """Return the address of `endpoint` with its `values`."""


def addresses(app: Flask, base_url: str) -> Address:
    """Return what makes addresses of `app` as people reach it at `base_url`."""
    parts = urlsplit(base_url)
    adapter = app.url_map.bind(parts.netloc, url_scheme=parts.scheme)

    def address(endpoint: str, **values: str) -> str:
        return adapter.build(endpoint, values, force_external=True)

    return address
