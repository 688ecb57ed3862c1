"""Budgets and goals: what the user means to spend and to save."""
