"""A made-up province's reports: who reports (bodies.py), what they say (prose.py, forms.py, grammar.yaml), how it is written down
(writing.py), and that many times over (making.py). Names, sentences and figures are ours.
"""
