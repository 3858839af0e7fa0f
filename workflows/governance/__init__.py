"""Projects and their gates: readiness, packs, decisions, conditions, documents, and what can be done at any time."""
