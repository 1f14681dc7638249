"""The notice in force stays on the air (C01): which acts would take it off, and who refuses them.

The permission tester hides and refuses them in the interface, the hooks refuse them with words
where Wagtail's screens would begin, and the guards refuse them wherever else they come from.
"""
