"""Process models as bundles: read, checked, published, and found again by digest; and the drafts they grow from.

Reading order: `model`, `bundle` ← `linting`, `playing` ← `publish` ← `drafting`. Over 2,500 lines, since everything a
process designer does to a model happens here, on files alone; what touches running projects lies in governance.
"""

from workflows.models.archive import ArchiveRefused, read_archive
from workflows.models.bundle import Bundle, BundleRefused, digest_of, read_bundle, refused_files
from workflows.models.finding import Finding, Severity
from workflows.models.linting import check
from workflows.models.model import Model, ModelRefused, read_model
from workflows.models.packing import pack_zip, unpack_zip
from workflows.models.playing import Failure, Played, play
from workflows.models.publish import Published, broken_bundle, latest, load_bundle, publish, publish_first, published
from workflows.models.scenario import Scenario, ScenariosRefused, read_scenarios
from workflows.models.shipped import from_folder, shipped

__all__ = [
    "ArchiveRefused",
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
    "pack_zip",
    "play",
    "publish",
    "publish_first",
    "published",
    "read_archive",
    "read_bundle",
    "read_model",
    "read_scenarios",
    "refused_files",
    "shipped",
    "unpack_zip",
]
