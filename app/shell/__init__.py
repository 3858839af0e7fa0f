"""The chrome that every feature shares: layout, macros, words for dates and numbers, errors, login glue, headers.

It knows no feature. A feature gives the factory a `Feature` (its blueprint and its words in the menu), takes its
`Context` from `request_context`, and extends `base.html`.
"""
