"""The built-in analyst: an agents `Model` that answers money questions without a language model.

reading/ turns words into a `Question`, topics/ turn a question into tool calls and an answer,
`model` plays them to the Agents SDK. It holds no figures of its own: each one in an answer was
returned by a tool in the same turn.
"""
