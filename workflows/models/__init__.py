"""Process models as bundles: read, checked, published, and found again by digest."""

from workflows.models.bundle import Bundle, BundleRefused, digest_of, read_bundle
from workflows.models.finding import Finding, Severity
from workflows.models.linting import check
from workflows.models.model import Model, ModelRefused, read_model
from workflows.models.playing import Failure, Played, play
from workflows.models.publish import Published, broken_bundle, latest, load_bundle, publish, publish_first, published
from workflows.models.scenario import Scenario, ScenariosRefused, read_scenarios
from workflows.models.shipped import from_folder, shipped

__all__ = [
    "Bundle",
    "BundleRefused",
    "Failure",
    "Finding",
    "Model",
    "ModelRefused",
    "Played",
    "Published",
    "Scenario",
    "ScenariosRefused",
    "Severity",
    "broken_bundle",
    "check",
    "digest_of",
    "from_folder",
    "latest",
    "load_bundle",
    "play",
    "publish",
    "publish_first",
    "published",
    "read_bundle",
    "read_model",
    "read_scenarios",
    "shipped",
]
