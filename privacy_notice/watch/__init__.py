"""How the promises are watched: looked at each night, told of when they change, confirmed by hand.

verifying  every promise is looked at, and what was found is kept
signing    a person confirms what no software sees
telling    the e-mail to the data protection contact
nightly    what the background work does of it
history    what was found on which day
"""
