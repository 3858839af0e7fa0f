"""Every page of the feature, by importing the modules that hang them on the blueprint."""

from app.designer import check_drafts as check_drafts
from app.designer import check_page as check_page
from app.designer import checklists as checklists
from app.designer import compare as compare
from app.designer import deciders as deciders
from app.designer import diagram as diagram
from app.designer import files as files
from app.designer import form_editor as form_editor
from app.designer import form_fields as form_fields
from app.designer import form_files as form_files
from app.designer import form_preview as form_preview
from app.designer import forms as forms
from app.designer import history as history
from app.designer import importing as importing
from app.designer import models as models
from app.designer import moving as moving
from app.designer import new_draft as new_draft
from app.designer import publish as publish
from app.designer import questions as questions
from app.designer import tables as tables
from app.designer import version_contents as version_contents
from app.designer import versions as versions
from app.designer.blueprint import bp as bp
