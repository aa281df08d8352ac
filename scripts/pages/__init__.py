"""How do the facts look on a page?

Model in, fragments out. A page asks for a fragment with `--8<-- "PAGE/PART.md"`; `includes` finds what is asked for,
`fragments` makes it, one module a kind of page, and the templates beside them hold all the HTML. Imports `facts` and
nothing else of ours.
"""
