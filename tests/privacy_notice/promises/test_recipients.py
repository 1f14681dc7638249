"""C24–C28, C40–C43: each is kept, and broken by a file, a processor, a page or a policy."""

from datetime import timedelta

import pytest
from csp.constants import SELF

from home.models import HomePage
from privacy_notice.models import Freshness
from privacy_notice.promises.recipients import is_foreign, only_ourselves
from register.domain.billing import batch_file, exporting
from register.exporters import billing_file
from register.models import ExportBatch, Processor
from register.models.staff import Role
from tests.factories import ExportBatchFactory, ServiceOrderFactory
from tests.privacy_notice.promises.world import (
    cases,
    change_the_log,
    https,
    is_broken_by,
    made,
    named,
    sql,
    unchecked,
)


def a_batch_past_the_log(world):
    ExportBatchFactory(recipient=world.processor, state="written", row_count=3)


def an_entry_without_recipient(world):
    change_the_log("UPDATE register_accesslogentry SET recipient = NULL")


def fewer_rows_in_the_log(world):
    ExportBatch.objects.update(row_count=7)


class WithPhone(billing_file.DelimitedFile):
    """A format that lets a fourth fact into the file."""

    def _cells(self, row):
        return (*super()._cells(row), "+358401234567")


def another_export(world, form):
    ServiceOrderFactory(client=world.client, actual_end=world.today, starts_on=world.today)
    by = world.people[Role.BILLING]
    made(lambda **asked: exporting.export(form=form, **asked), by=by, day=world.today)
    ExportBatch.objects.filter(pk=world.batch.pk).update(
        made_on=world.today - timedelta(days=7), state="expired"
    )


def a_fourth_column(world):
    another_export(world, WithPhone("utf-8-sig"))


class WithSpecification(billing_file.DelimitedFile):
    """A format that writes a word of its own into the third cell."""

    def _cells(self, row):
        name, email, billed = super()._cells(row)
        return name, email, f"{billed} | uupunut"


def a_word_too_many(world):
    another_export(world, WithSpecification("utf-8-sig"))


def a_changed_file(world):
    path = batch_file.path(world.batch.pk)
    path.write_bytes(path.read_bytes() + b"Lisa;lisa@example.org;jotain\r\n")


def a_lost_file(world):
    batch_file.path(world.batch.pk).unlink()


def another_heading(world):
    world.monkeypatch.setitem(billing_file.HEADINGS, "email", "puhelin")
    another_export(world, billing_file.DelimitedFile("utf-8-sig"))


def a_swedish_provider(world):
    with unchecked("register_processor", "processor_finance_is_finnish"):
        sql("UPDATE register_processor SET country = %s", "SE")


def hosted_in_norway(world):
    with unchecked("register_processor", "processor_finance_is_finnish"):
        sql("UPDATE register_processor SET hosting_country = %s", "NO")


def hosted_in_america(world):
    with (
        unchecked("register_processor", "processor_inside_eea"),
        unchecked("register_processor", "processor_finance_is_finnish"),
    ):
        sql("UPDATE register_processor SET hosting_country = %s", "US")


def never_assessed(world):
    Processor.objects.update(security_assessed_on=None)


def assessed_long_ago(world):
    Processor.objects.update(security_assessed_on=world.today - timedelta(days=366))


def a_host_in_the_policy(world):
    policy = world.settings.CONTENT_SECURITY_POLICY
    directives = {**policy["DIRECTIVES"], "img-src": [SELF, "https://pictures.example"]}
    world.settings.CONTENT_SECURITY_POLICY = {**policy, "DIRECTIVES": directives}


def a_host_in_the_admins_policy(world):
    policy = world.settings.ADMIN_CONTENT_SECURITY_POLICY
    world.settings.ADMIN_CONTENT_SECURITY_POLICY = {**policy, "script-src": ["https:"]}


def no_policy(world):
    world.settings.MIDDLEWARE = [
        each for each in world.settings.MIDDLEWARE if not each.endswith(".ContentSecurityPolicy")
    ]


def a_picture_from_elsewhere(world):
    sql(
        "UPDATE home_homepage SET closing = %s",
        '<p><img src="https://pictures.example/pixel.gif" alt=""></p>',
    )
    world.monkeypatch.setattr(
        "wagtail.rich_text.RichText.__html__", lambda self: self.source, raising=True
    )
    assert HomePage.objects.get().closing
    Freshness.objects.raise_number()


def faces_from_elsewhere(world):
    world.settings.WAGTAIL_GRAVATAR_PROVIDER_URL = "//www.gravatar.com/avatar"


def a_contract_that_ended(world):
    Processor.objects.update(contract_valid_until=world.today - timedelta(days=1))


def no_contract(world):
    Processor.objects.update(contract_signed_on=None)


def not_signed_yet(world):
    Processor.objects.update(contract_signed_on=world.today + timedelta(days=1))


def over_http(world):
    world.settings.SECURE_SSL_REDIRECT = False


def without_the_recipients(world):
    """The page no longer says what the file holds."""
    world.without_part("recipients")


BREAKS = {
    "C24": (a_batch_past_the_log, an_entry_without_recipient, fewer_rows_in_the_log),
    "C25": (
        a_fourth_column,
        a_word_too_many,
        a_changed_file,
        a_lost_file,
        another_heading,
        without_the_recipients,
    ),
    "C26": (a_swedish_provider, hosted_in_norway),
    "C27": (never_assessed, assessed_long_ago),
    "C28": (
        hosted_in_america,
        a_host_in_the_policy,
        a_host_in_the_admins_policy,
        no_policy,
        a_picture_from_elsewhere,
        faces_from_elsewhere,
    ),
    "C40": (a_contract_that_ended, no_contract, not_signed_yet),
    "C42": (over_http,),
}


@pytest.mark.parametrize(("clause", "breaking"), cases(BREAKS), ids=named)
def test_it_is_broken_when_what_it_stands_on_is(world, clause, breaking):
    if clause == "C42":
        https(world)
    is_broken_by(world, clause, breaking)


def test_a_file_that_was_removed_is_written_again_and_read(world):
    """C25: after January there may be none, and the rows are still there."""
    batch_file.remove(world.batch.pk)
    ExportBatch.objects.update(state="expired")
    found = world.look("C25")
    assert found.state == "kept"
    assert "written again" in found.evidence["en"]


@pytest.mark.parametrize("clause", ["C26", "C27", "C28", "C40", "C42"])
def test_without_a_processor_nothing_is_shown(world, clause):
    Processor.objects.update(active=False)
    assert world.look(clause).state == "not_yet"


def test_a_policy_may_name_nobody():
    """C28."""
    assert only_ourselves("default-src 'none'; img-src 'self' data: blob:")
    assert not only_ourselves("default-src 'none'; img-src 'self' https://x.example")
    assert not only_ourselves("img-src *")
    assert not only_ourselves("")


def test_addresses_of_other_hosts_are_foreign(settings):
    """C28."""
    settings.WAGTAILADMIN_BASE_URL = "https://www.example.org"
    for ours in ("/static/x.css", "x.css", "https://www.example.org/x", "data:image/png;base64,x"):
        assert not is_foreign(ours)
    for theirs in ("//cdn.example/x.js", "https://example.org/x"):
        assert is_foreign(theirs)
