"""The evals of strategybot: questions with golds, the rules that grade replies, the figures and the reports.

A program of its own: it uses only public names of the package, and nothing in the package uses it.
"""
