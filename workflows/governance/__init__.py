"""Projects and their gates: readiness, packs, decisions, conditions, documents, and what can be done at any time.

More than 2,500 lines: a gate, its pack, its decision and what follows from it are written in one transaction and read
on one page; rooms of their own would import each other. The files are by verb and by page instead.
"""
