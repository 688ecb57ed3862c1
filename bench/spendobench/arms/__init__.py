"""Who answers: each arm takes a question about a loaded world and returns what it said."""
