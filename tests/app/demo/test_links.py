"""Whatever link a page shows leads somewhere for whoever sees it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import Any, TypeAlias
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from app.accounts.session import VERSION
from app.demo import Loaded
from app.demo.people import CHARACTERS
from app.factory import create_app
from app.settings import Settings
from workflows.kernel.context import Context
from workflows.people import find_person_by_email
from workflows.people.tables import CredentialRow

HERE = "http://localhost"
LINKS = "//a/@href | //link/@href | //img/@src | //script/@src | //form[not(@method) or @method='get']/@action"
OF_A_KIND = 8
"""How many addresses of one page are followed: a draft has one for each of its 500 fields, all made alike."""

Kind: TypeAlias = tuple[str, tuple[str, ...]]

ROLES = [short for short, one in CHARACTERS.items() if one.part or one.roles]
"""Who is listed to be tried, and everybody with a role in the organisation."""


@pytest.fixture(scope="module")
def site(demo: tuple[Context, Loaded]) -> Flask:
    ctx, _ = demo
    settings = Settings(
        var=ctx.files.parent, secret_key="k" * 40, database_url=ctx.database.url, municipality="Granviks kommun"
    )
    app = create_app(settings, database=ctx.database, jobs=ctx.jobs, clock=ctx.clock)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app


def browser(site: Flask, ctx: Context, short: str) -> FlaskClient:
    """Return a browser in which somebody of the demo is logged in."""
    with ctx.read() as session:
        person = find_person_by_email(session, tenant=ctx.tenant, email=CHARACTERS[short].email)
        assert person is not None
        version = session.get_one(CredentialRow, {"tenant": ctx.tenant, "person": person.id}).session_version
    client = site.test_client()
    with client.session_transaction() as cookie:
        cookie.update({"_user_id": person.id, "_fresh": True, VERSION: version})
    return client


def shown(client: FlaskClient, address: str) -> tuple[int, set[str]]:
    """Return the status of a page, and the addresses of this site that it leads to."""
    with client.get(address) as page:
        if page.status_code in range(300, 400):
            return page.status_code, set(_here(address, [page.headers["Location"]]))
        if page.mimetype != "text/html" or page.status_code >= 400:
            return page.status_code, set()
        return page.status_code, set(_here(address, html.fromstring(page.get_data(as_text=True)).xpath(LINKS)))


def kind_of(site: Flask, address: str) -> Kind:
    """Return the page that an address is of, whatever object it shows: its rule, and what its query asks."""
    parts = urlsplit(address)
    with site.test_request_context(address) as asked:
        rule = asked.request.url_rule
    return (rule.rule if rule else parts.path, tuple(sorted(key for key, _ in parse_qsl(parts.query, True))))


def _here(address: str, links: Any) -> Iterator[str]:
    for link in links:
        parts = urlsplit(urljoin(HERE + address, link))
        if f"{parts.scheme}://{parts.netloc}" == HERE:
            yield parts.path + (f"?{parts.query}" if parts.query else "")


@pytest.mark.full
@pytest.mark.parametrize("short", ROLES)
def test_every_link_leads_somewhere(site: Flask, there: Context, short: str) -> None:
    client = browser(site, there, short)
    found, seen = [("/", "")], {"/"}
    astray = []
    followed: Counter[Kind] = Counter()
    order = Random(short)  # the same sample each time
    while found:
        address, seen_on = found.pop(order.randrange(len(found)))
        followed[kind := kind_of(site, address)] += 1
        if followed[kind] > OF_A_KIND:
            continue
        status, links = shown(client, address)
        if status >= 400:
            astray.append(f"{status} {address} on {seen_on}")
        found += [(link, address) for link in sorted(links - seen)]
        seen |= links
    assert astray == []
    assert len(seen) > 10
