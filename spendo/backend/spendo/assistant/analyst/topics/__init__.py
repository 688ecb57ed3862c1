"""Topics: for each kind of question, which tools it asks and how the answer is worded."""
