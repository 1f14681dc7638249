"""From a draft to the public: what the approver sees, and the approval itself (C01, C33).

looking    what differs, and how it stands with the promises that the text states
approving  the verb
forms      reasons, and whether the change is material
views      the screen; editors see it too, without the form
panel      the lines on the first screen
menu       what the editor of the page offers
"""
