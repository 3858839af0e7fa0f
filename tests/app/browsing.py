"""Fill in and send the forms of a page as a browser without JavaScript would."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse


def send(client: FlaskClient, address: str, button: str = "", **chosen: Any) -> TestResponse:
    """Open `address`, fill in `chosen` fields of its form and press `button` (a name)."""
    page = client.get(address, follow_redirects=True)
    assert page.status_code == 200, page.status
    document: Any = html.fromstring(page.text)
    form = next(
        form for form in reversed(document.forms) if form.method == "POST" and "logout" not in (form.action or "")
    )
    posted: dict[str, Any] = {}
    for name, value in form.form_values():
        posted.setdefault(name, []).append(value)
    for name in [name for name in posted if name.startswith("_")]:
        del posted[name]
    posted |= {name.replace("__", "-"): value for name, value in chosen.items()}
    return client.post(form.action or address, data={**posted, **({button: "1"} if button else {})})
