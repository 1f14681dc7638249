"""What the notice promises, clause by clause, and how each promise is looked at.

registry   which promises there are, and what each module declares
looking    what a check may look at: the day, the published page, the database's tables
visiting   the site's own pages, as a visitor gets them
trial      the engine itself, tried on real rows, and everything rolled back
the rest   one module a chapter of the notice, with its checks
"""
