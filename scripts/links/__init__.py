"""Do our links hold?

Looks at a built site from outside, as a browser would, and knows nothing of how it was built (`gate.py`); sees that
what was published once still answers (`promised.py`); asks other sites whether what we link to is still there
(`watch*.py`), and tells GitHub what came of it (`forge*.py`). Imports `facts`, the server for this machine, and nothing
else of ours.
"""
