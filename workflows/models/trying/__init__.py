"""Trials: a draft run in the browser with invented people, turn by turn; a trial can be saved as a scenario."""

from workflows.models.trying.errors import NothingTried, TrialChanged, TrialFull
from workflows.models.trying.memory import Condition, Memory, SentBack
from workflows.models.trying.open_steps import OpenStep, innermost
from workflows.models.trying.questions import (
    TrialQuestions,
    people_of,
    questions_of,
    read_answers,
    sample_answers,
    title_of,
)
from workflows.models.trying.readiness import TrialReadiness, earlier_answers, readiness_of
from workflows.models.trying.saving import expectations, scenario_path, scenario_text
from workflows.models.trying.standing import Broken, Logged, TrialStand, stand_of
from workflows.models.trying.storing import (
    begin_trial,
    cut_trial,
    discard_trial,
    find_trial,
    move_trial,
    restart_trial,
    undo_trial,
)
from workflows.models.trying.times import TrialMark
from workflows.models.trying.trial import MOST_TURNS, Beginning, Trial, Turn, invented, invented_roles
from workflows.models.trying.turning import completed, decided, fulfilled, sent, waited, went_on, with_facts

__all__ = [
    "MOST_TURNS",
    "Beginning",
    "Broken",
    "Condition",
    "Logged",
    "Memory",
    "NothingTried",
    "OpenStep",
    "SentBack",
    "Trial",
    "TrialChanged",
    "TrialFull",
    "TrialMark",
    "TrialQuestions",
    "TrialReadiness",
    "TrialStand",
    "Turn",
    "begin_trial",
    "completed",
    "cut_trial",
    "decided",
    "discard_trial",
    "earlier_answers",
    "expectations",
    "find_trial",
    "fulfilled",
    "innermost",
    "invented",
    "invented_roles",
    "move_trial",
    "people_of",
    "questions_of",
    "read_answers",
    "readiness_of",
    "restart_trial",
    "sample_answers",
    "scenario_path",
    "scenario_text",
    "sent",
    "stand_of",
    "title_of",
    "undo_trial",
    "waited",
    "went_on",
    "with_facts",
]
