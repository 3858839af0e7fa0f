"""What each kind of visitor meets at the addresses of those who watch over the projects."""

from __future__ import annotations

from tests.hostile.expectations import Case, every

WATCHES = ("office", "administrator", "auditor")


def watch(address: str) -> Case:
    """What is for those who watch over everything."""
    return Case(address=address, can=every(200, *WATCHES), hidden=403)


MONITOR = {
    ("monitor.monitor", "GET"): watch("/monitor"),
    ("monitor.retry", "POST"): Case(
        address="/monitor/jobs", can=every(303, "administrator"), hidden=403, data={"key": "none"}
    ),
    ("monitor.remind_of", "POST"): Case(
        address="/monitor/projects/{project}/remind",
        can=every(303, "administrator", "office"),
        hidden=403,
        data={"task": "{task}", "reason": "Frågan brådskar", "request_id": "matrix"},
    ),
    ("monitor.now", "GET"): watch("/monitor/now"),
    ("monitor.download", "GET"): watch("/monitor.csv"),
    ("monitor.model_xml", "GET"): watch("/monitor/models/{model}.bpmn"),
    ("monitor.project", "GET"): watch("/monitor/projects/{project}"),
    ("monitor.project_xml", "GET"): watch("/monitor/projects/{project}.bpmn"),
}
