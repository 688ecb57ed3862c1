"""The kinds of question, one family of wordings in a file; `KINDS` of each file is found here."""
