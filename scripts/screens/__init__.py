"""How does a screen become a picture that a reader can follow?

A spec, a raw picture and its anchors in; pictures with numbered marks, and the words beside them, out. `model` says
what a spec and an anchors file carry, `load` reads and `check` checks them, `geometry` and `layout` decide where marks
go, `draw` draws them, `redact` proves that what is hidden stays hidden, `encode` writes files, `make` does it for all
screens and keeps what has not changed. `capture` and `intake` are how raws come in. `words` and `figure` are what a
page shows, `steps` holds pages and pictures together. Imports `facts` and none of the other packages.
"""
