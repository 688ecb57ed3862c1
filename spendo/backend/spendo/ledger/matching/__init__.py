"""Which rows belong together: pure comparisons, without a database.

What is proposed has its reasons with it; where two answers are as good, there is none.
"""
