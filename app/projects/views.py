"""Every page of the feature, by importing the modules that hang them on the blueprint."""

from app.projects import anytime as anytime
from app.projects import bank as bank
from app.projects import diagram as diagram
from app.projects import files as files
from app.projects import index as index
from app.projects import new as new
from app.projects import project as project
from app.projects import records as records
from app.projects.blueprint import bp as bp
