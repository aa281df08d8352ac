"""Do our links hold?

Looks at a built site from outside, as a browser would, and knows nothing of how it was built. Imports `facts` (for the
form of a problem) and nothing else of ours.
"""
