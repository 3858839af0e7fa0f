"""Every endpoint and method of the application, with what each kind of visitor meets there."""

from __future__ import annotations

from collections.abc import Mapping

from tests.hostile.designer_cases import DESIGNER
from tests.hostile.expectations import ACCOUNTS, GATES, INBOX, PROJECTS, SHELL, Case
from tests.hostile.form_cases import FORMS
from tests.hostile.monitor_cases import MONITOR
from tests.hostile.trying_cases import TRYING

TABLE: Mapping[tuple[str, str], Case] = {
    **SHELL,
    **INBOX,
    **PROJECTS,
    **GATES,
    **ACCOUNTS,
    **DESIGNER,
    **FORMS,
    **TRYING,
    **MONITOR,
}
