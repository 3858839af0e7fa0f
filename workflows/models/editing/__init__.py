"""Changes a model's files without a diagram tool: layout, and the operations of the table of steps.

Pure: files in, changed files out. What an operation does not touch keeps its bytes.
"""
