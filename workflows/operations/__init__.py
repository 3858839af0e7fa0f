"""Watching over all projects: what stands where, what stands still and why, how long steps usually take."""

from workflows.operations.failed_jobs import REPAIR, Failure, failed_jobs, retry_jobs
from workflows.operations.one_project import OneProject, one_project, project_drawing
from workflows.operations.overview import FlowNow, Overview, StepNow, drawing, overview
from workflows.operations.still import Cause, Standstill
from workflows.operations.usual import Usual, reckon_usual_times
from workflows.operations.watching import WATCH, WaitingStep, Watched

__all__ = [
    "REPAIR",
    "WATCH",
    "Cause",
    "Failure",
    "FlowNow",
    "OneProject",
    "Overview",
    "Standstill",
    "StepNow",
    "Usual",
    "WaitingStep",
    "Watched",
    "drawing",
    "failed_jobs",
    "one_project",
    "overview",
    "project_drawing",
    "reckon_usual_times",
    "retry_jobs",
]
