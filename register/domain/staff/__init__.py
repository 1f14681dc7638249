"""Who works with the register: accounts, and what opens and shuts it for a person (C30-C36).

accounts        adding, renaming and closing an account
employees       employees without a log-in, and how one is given
roles           which roles it has
own_roles       those of the only main user, whom the data protection contact confirms
links           a link by which the owner of an account sets its password
mailing         the mails about it
sending         how any mail to the staff is sent
changes         what of all this the data protection contact has to see
reminding       the mail that says how many changes wait
absences        the login removed for a time
on_file         agreement and trainings
expiring        whose training ends, and when it is time to say so
warning         the e-mails that say so
documents       instructions and the staff's privacy notice: written, published, withdrawn
acknowledging   opening a version, and saying that one has read it
unread          who has still to read what, and until when
privacy_notice  what the staff's own notice has to say, as a draft
hearings        when the staff were heard about the log of use
own_record      what is kept of a person, for that person to see
second_factor   passkeys, the app's codes and recovery codes, one's own and a colleague's reset
telling         what the owner of an account is told by mail
deputies        who acts and confirms when another is away or concerned
passwords       a new password of one's own
changing_login  what every change of a login does: the main users are locked, one is always left
names           what is typed of a person

In each verb `seen` is the version of the member's row that the person saw, None when nobody saw
one, as for SYSTEM. All of them raise NotAllowed, Stale and Erased.
"""
