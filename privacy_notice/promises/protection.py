"""How the data is protected (C29–C39)."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.core import checks
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from privacy_notice.promises import log_of_use, staff, strength
from privacy_notice.promises.accounts import (
    INSIDE,
    gets_in,
    gets_in_although_removed,
    is_removed,
    open_accounts,
    raises_oneself,
    takes_a_client_unseen,
)
from privacy_notice.promises.data import SEE_TOO_MUCH, see_too_much
from privacy_notice.promises.encryption import unencrypted
from privacy_notice.promises.links import screen, section
from privacy_notice.promises.looking import Look
from privacy_notice.promises.registry import (
    Found,
    broken,
    kept,
    not_built,
    nothing_yet,
    promise,
)
from register.access import gate
from register.checks import private_files_are_not_served
from register.domain.operations import installation, sealed_log
from register.domain.operations.finding import Level
from register.files import private
from register.models import (
    AccessLogEntry,
    Client,
    StaffMember,
)
from register.models.access_log import Action
from register.models.staff import Role
from register.reference.clock import a_year_after
from register.wagtail_admin.base.screens import SCREENS, address

CLOSED = {302, 403, 404, 410}


@promise("C29", _("The register is closed to outsiders"), seen_at=screen(StaffMember))
def closed(look: Look) -> Found:
    """Every screen answers a stranger with the log-in or with nothing; so does the gate itself."""
    if not Client.objects.exists():
        return nothing_yet()
    stranger = AnonymousUser()
    if any(gate.visible(model, to=stranger, today=look.today).exists() for model in INSIDE):
        return broken(_("The gate shows data of the register to a stranger."))
    screens = [address(model, "index") for model in SCREENS]
    screens += [address(row, "inspect") for row in (Client.objects.first(),) if row]
    screens += [reverse("wagtailadmin_home"), reverse("wagtailusers_users:index")]
    open_ones = [path for path in screens if look.visitor.get(path).status_code not in CLOSED]
    if open_ones:
        return broken(
            ngettext_lazy(
                "%(count)d screen opens to a stranger.",
                "%(count)d screens open to a stranger.",
                "count",
            ),
            count=len(open_ones),
        )
    if private_files_are_not_served(None):
        return broken(_("The private files lie in a folder that the web server shows."))
    if private.path().exists() and installation.private_rights(look.now).level is Level.WRONG:
        return broken(_("Other users of the server can open the private files."))
    return kept(
        _("%(count)d screens were tried without an account, and none of them opened."),
        count=len(screens),
    )


@promise("C30", _("All employees are bound to secrecy"), seen_at=screen(StaffMember))
def agreements(look: Look) -> Found:
    """Nobody works here without a signed agreement, and nobody comes in without one."""
    return staff.agreements(look)


@promise("C31", _("Staff are trained"), seen_at=screen(StaffMember))
def trained(look: Look) -> Found:
    """Everybody is trained in the law and in our ways, and reads what is to be followed."""
    return staff.trained(look)


not_built(
    __name__,
    "C32",
    _("Papers are behind locks and alarms"),
    missing=_("the list of papers and of their destruction"),
    seen_at=section("suojaaminen"),
    by_hand=(
        _("Papers and notes are kept in locked rooms or cabinets, and the keys are accounted for."),
        _("Guarding, access control, and fire and burglar alarms of the premises are in order."),
        _("There is an internal instruction for papers, and everybody who handles them knows it."),
    ),
)


@promise(
    "C33",
    _("Staff see what their work needs"),
    seen_at=screen(Client),
    missing=_("handing a client over, and the contact's view into requests and breaches"),
)
def own_clients_only(look: Look) -> Found:
    """The gate shows each person the clients of their own charge, and no others."""
    members = open_accounts(look)
    if not members or not Client.objects.exists():
        return nothing_yet()
    if people := see_too_much(Client, "pk", look):
        return broken(SEE_TOO_MUCH, count=people)
    main_user = next((each for each in members if Role.MAIN_USER in each.roles), None)
    if main_user is not None and takes_a_client_unseen(main_user, look):
        return broken(_("A main user could take a client without the contact hearing of it."))
    return kept(
        ngettext_lazy(
            "%(count)d account was tried, and sees no client of others.",
            "%(count)d accounts were tried, and none sees clients of others.",
            "count",
        ),
        count=len(members),
    )


@promise("C34", _("A log-in can be removed, and sessions end"), seen_at=screen(StaffMember))
def removed(look: Look) -> Found:
    """Whose log-in is removed has no way in; and it is tried on one who has.

    The sessions of the removed are taken up as a browser would, and the gate is asked for each.
    """
    members = list(StaffMember.objects.select_related("user"))
    if not members:
        return nothing_yet(_("Nobody has an account yet."))
    suspended = [member for member in members if is_removed(member, look)]
    if inside := sum(gets_in(member, look) for member in suspended):
        return broken(
            ngettext_lazy(
                "%(count)d person comes in although the log-in is removed.",
                "%(count)d people come in although their log-ins are removed.",
                "count",
            ),
            count=inside,
        )
    tried = next((member for member in members if member not in suspended), None)
    if tried is not None and gets_in_although_removed(tried, look):
        return broken(_("It was tried to remove a log-in, and the person still came in."))
    ids = {str(member.user_id) for member in suspended}
    sessions = sum(
        session.get_decoded().get("_auth_user_id") in ids
        for session in Session.objects.filter(expire_date__gt=look.now).iterator()
    )
    return kept(
        _(
            "Log-ins removed: %(removed)d, of which sessions are left: %(sessions)d, and none of "
            "them opens anything; removing was tried on one account."
        ),
        removed=len(suspended),
        sessions=sessions,
    )


@promise("C35", _("User names are the main user's business"), seen_at=screen(StaffMember))
def managed(look: Look) -> Found:
    """Nobody but a main user can add or change an account, by our screens or by Wagtail's own."""
    users = list(get_user_model()._default_manager.filter(is_active=True))
    members = {member.user_id: member for member in open_accounts(look)}
    main_users = {key for key, member in members.items() if Role.MAIN_USER in member.roles}
    if not members:
        return nothing_yet(_("Nobody has an account yet."))
    if not main_users:
        return broken(_("There is no main user."))
    codenames = [f"auth.{verb}_user" for verb in ("add", "change", "delete")]
    others = sum(
        gate.may_create(user, StaffMember, today=look.today)
        or gate.may_list(user, StaffMember, today=look.today)
        or any(user.has_perm(name) for name in codenames)
        for user in users
        if user.pk not in main_users
    )
    if others:
        return broken(
            ngettext_lazy(
                "%(count)d person who is no main user can manage accounts.",
                "%(count)d people who are no main users can manage accounts.",
                "count",
            ),
            count=others,
        )
    if any(raises_oneself(member, look) for key, member in members.items() if key in main_users):
        return broken(_("It was tried: a main user could give the own account another role."))
    return kept(
        _("Main users: %(main)d. None of the %(others)d other accounts can manage accounts."),
        main=len(main_users),
        others=len(users) - len(main_users),
    )


@promise(
    "C36",
    _("It takes a strong password"),
    seen_at=screen(StaffMember),
)
def strong_passwords(look: Look) -> Found:
    """Weak passwords and guessing are tried, and whether a password alone opens anything."""
    members = open_accounts(look)
    if not members:
        return nothing_yet(_("Nobody has an account yet."))
    return strength.found(members)


@promise(
    "C37",
    _("The usual technical means are in use"),
    seen_at=section("suojaaminen"),
    by_hand=(
        _("A firewall stands before the server, and lets through only what the register needs."),
        _("The server's operating system and software get their security updates."),
    ),
)
def technical_means(look: Look) -> Found:
    """Encrypted connections, strict headers, and Django's own list for what is served."""
    if not StaffMember.objects.exists():
        return nothing_yet(_("Nobody has an account yet."))
    if settings.DEBUG:
        return broken(_("The software runs with its development settings."))
    if problem := unencrypted(look):
        return problem
    if installation.address(look.now).level is Level.WRONG:
        return broken(_("The site answers to other names than its own."))
    headers = look.visitor.get(reverse("wagtailadmin_login"), secure=True).headers
    if not headers.get("Content-Security-Policy") or headers.get("X-Content-Type-Options") is None:
        return broken(_("A page lacks the headers that protect it."))
    remarks = [
        remark
        for remark in checks.run_checks(tags=[checks.Tags.security], include_deployment_checks=True)
        if not remark.is_silenced()
    ]
    if remarks:
        return broken(
            ngettext_lazy(
                "The settings of the server have %(count)d weakness.",
                "The settings of the server have %(count)d weaknesses.",
                "count",
            ),
            count=len(remarks),
        )
    return kept(_("Connections are encrypted, and the server's settings have no weakness."))


@promise(
    "C38",
    _("Use of the register is logged"),
    seen_at=screen(AccessLogEntry),
)
def logged(look: Look) -> Found:
    """Reads and changes are in the log, sealed in time and unchanged; no value of a person is."""
    entries = log_of_use.newest()
    if not entries:
        return nothing_yet(_("Nothing has been used yet."))
    if told := [entry for entry in entries if log_of_use.tells_of_a_person(entry)]:
        return broken(
            ngettext_lazy(
                "%(count)d of the newest entries of the log holds a value of a person.",
                "%(count)d of the newest entries of the log hold values of people.",
                "count",
            ),
            count=len(told),
        )
    if log_of_use.can_be_changed(entries[0]):
        return broken(_("An entry of the log can be changed by the software."))
    if not log_of_use.is_refused_by_the_database():
        return broken(_("The database does not refuse to change the log."))
    if sealed_log.look(look.now).level is Level.WRONG:
        return broken(_("Nobody can say that the log is as it was sealed."))
    if sealed_log.unsealed(look.now).level is Level.WRONG:
        return broken(_("Entries of the log are not sealed."))
    if log_of_use.lacks_a_log_in():
        return broken(_("The log does not tell of each account's last log-in."))
    if log_of_use.outlives_its_time(look.today):
        return broken(_("The log holds entries whose time is over."))
    reads = AccessLogEntry.objects.filter(action__in=(Action.LIST, Action.VIEW)).count()
    return kept(
        _("Uses in the log: %(all)d, of which only read: %(reads)d."),
        all=AccessLogEntry.objects.count(),
        reads=reads,
    )


@promise(
    "C39",
    _("The notice is gone through every year"),
    seen_at=section(),
)
def reviewed(look: Look) -> Found:
    """A person has read the whole notice within twelve months and found it true."""
    day = look.page.reviewed_on
    if day is None:
        return broken(_("Nobody has noted yet that the notice was gone through."))
    if look.today > a_year_after(day):
        return broken(_("The notice was last gone through on %(day)s."), day=day)
    return kept(_("The notice was gone through on %(day)s."), day=day)
