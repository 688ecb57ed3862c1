"""The built-in analyst: an agents `Model` that answers money questions without a language model.

understanding/ turns words into a `Question`; its kind turns that into a plan of tool calls and into
words; `model` plays the plan to the Agents SDK. All of a kind stands in one file of kinds/: how it
is recognised, which tools it asks, how it is worded, and examples. The analyst holds no figures of
its own: each one in an answer was returned by a tool in the same turn.
"""
