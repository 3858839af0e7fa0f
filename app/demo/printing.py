"""Who can log in, as a table in the terminal."""

from __future__ import annotations

import sys

from app.demo.loading import Loaded


def print_accounts(loaded: Loaded) -> None:
    """Print everybody worth trying, with the one password."""
    sys.stdout.write("\n".join(account_lines(loaded)) + "\n")
    sys.stdout.flush()


def account_lines(loaded: Loaded) -> list[str]:
    """Return the table's lines."""
    if not loaded.accounts:
        return ["Databasen har redan andra personer. Ingen demodata lades till."]
    rows = [("Namn", "E-post", "Vad du ser"), *((one.name, one.email, one.part) for one in loaded.accounts)]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    table = [f"  {name:<{widths[0]}}  {email:<{widths[1]}}  {part}" for name, email, part in rows]
    began = f"Demodata: {loaded.projects} påhittade projekt lades till." if loaded.fresh else "Demodata finns redan."
    return [began, "", *table, "", f"Alla har lösenordet {loaded.password}"]
