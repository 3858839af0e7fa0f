"""Who may open a page on models; what they may do is the verbs' own question."""

from app.shell.guard import allow
from workflows.governance.moving import MOVE_PROJECTS
from workflows.models import DESIGN, SEE_MODELS
from workflows.people import ADMINISTRATOR

MAY_SEE = tuple(sorted(SEE_MODELS.organisation))
"""The roles that read models."""

seeing_models = allow(*MAY_SEE)
designing = allow(*sorted(DESIGN.organisation))
publishing = allow(*sorted(DESIGN.organisation | {ADMINISTRATOR}))
moving = allow(*sorted(MOVE_PROJECTS.organisation))
