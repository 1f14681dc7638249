"""How the promises are watched: looked at each night, told of when they change, confirmed by hand.

verifying  every promise is looked at, and what was found is kept
signing    a person confirms what no software sees
telling    the e-mail to the data protection contact
nightly    what the background work does of it
calling    the e-mails that call editors and approvers to the notice
changed_facts  a draft and a task when a fact has changed
reviewing  the yearly review
connecting what is heard of at once
history    what was found on which day
"""
