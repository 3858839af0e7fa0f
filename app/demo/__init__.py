"""Invented people and projects to try Styr with; everything in it went through the real verbs."""

from app.demo.loading import HalfLoaded, Loaded, load_demo
from app.demo.printing import print_accounts

__all__ = ["HalfLoaded", "Loaded", "load_demo", "print_accounts"]
