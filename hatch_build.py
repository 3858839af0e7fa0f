"""Builds the front end into the wheel, so that an installed Styr serves without Node."""

import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FrontEnd(BuildHookInterface[Any]):
    """Runs npm when the built assets are missing; an editable install leaves them to dev.py."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make app/shell/static/dist; `version` is hatchling's name for the kind of build."""
        root = Path(self.root)
        if version == "editable" or (root / "app/shell/static/dist/.vite/manifest.json").exists():
            return
        ui = root / "app" / "ui"
        subprocess.run(["npm", "ci", "--ignore-scripts"], cwd=ui, check=True)
        subprocess.run(["npm", "run", "build"], cwd=ui, check=True)
