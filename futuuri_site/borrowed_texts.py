"""Texts of Wagtail, Django and the phone field that their translations lack in Finnish or Swedish.

Also the names that Wagtail puts after a number: two pages are "2 sivua", not "2 sivut";
and those whose Finnish is no good.
Listed here, `makemessages` finds them, and our translations translate them. Nothing imports this.
A text that a newer version of theirs translates can go.
"""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

TEXTS = (
    _("%(field_label)s:"),
    _("%(model_name)s '%(object)s' created and published."),
    _("%(model_name)s '%(object)s' created and scheduled for publishing."),
    _("%(model_name)s '%(object)s' has been replaced with version from %(timestamp)s."),
    _("%(model_name)s '%(object)s' has been scheduled for publishing."),
    _("%(model_name)s '%(object)s' is live and this version has been scheduled for publishing."),
    _("%(model_name)s '%(object)s' updated and published."),
    # Told of a page that the menu leads to as well, which Wagtail does not count.
    ngettext_lazy("Used %(usage_count)s time", "Used %(usage_count)s times"),
    ngettext_lazy(
        "%(num_child_objects)d child page",
        "%(num_child_objects)d child pages",
    ),
    ngettext_lazy(
        "%(num_parent_objects)d page",
        "%(num_parent_objects)d pages",
    ),
    ngettext_lazy(
        "%(num_parent_objects)d page has been deleted",
        "%(num_parent_objects)d pages have been deleted",
    ),
    ngettext_lazy(
        "%(num_parent_objects)d page has been published",
        "%(num_parent_objects)d pages have been published",
    ),
    ngettext_lazy(
        "%(num_parent_objects)d page has been unpublished",
        "%(num_parent_objects)d pages have been unpublished",
    ),
    _("%(parent_pages)s and %(child_pages)s have been deleted"),
    _("%(parent_pages)s and %(child_pages)s have been published"),
    _("%(parent_pages)s and %(child_pages)s have been unpublished"),
    _("%(range_start)s - %(range_end)s"),
    _("%(start_index)s-%(end_index)s of %(items_count)s %(model_name)s"),
    _("%(start_index)s-%(end_index)s of %(items_count)s %(model_name)s across entire site."),
    _(
        "%(start_index)s-%(end_index)s of %(items_count)s %(model_name)s in "
        "'<span class=\"w-title-ellipsis\">%(title)s</span>'."
    ),
    _("%(time)s by %(user_display_name)s"),
    _("%(time_period)s ago by %(user_display_name)s"),
    _("%(user_name)s has unsaved changes"),
    _("%(user_name)s saved a new version"),
    _("'%(object)s' unpublished."),
    _("'%(page_title)s' has been moved successfully."),
    _("(blank)"),
    _("A network error occurred"),
    _("account"),
    _("Actions (footer)"),
    _("Add a concise description for search engines"),
    _("Add or show comments"),
    _("Alias"),
    _("Alternatively, you can view the latest version in a new tab."),
    _("any"),
    _("Any"),
    _("Anyone with editing permissions can create schedules"),
    _("App"),
    _("Application"),
    _("Are you sure you want to unpublish this %(model_name)s?"),
    _("at %(time)s by %(user_display_name)s"),
    _("Autosave is <span>paused</span>"),
    _("Autosave is paused"),
    _("Avoid skipping levels"),
    _("But only those with publishing permissions can make them effective."),
    _("Button text is empty"),
    _("Cannot overwrite a revision that is not the latest for this %(model_name)s."),
    _("Cannot overwrite a revision that was not created by the current user."),
    _("Changes requested %(finished_at)s"),
    _("Changes requested at"),
    _("Changing the privacy for this page has been disabled."),
    _("Checks"),
    _("Choose parent"),
    _("Choose when this %(model_name)s should go live and/or expire"),
    _("Choose when this page should go live and/or expire"),
    _("Choose who can view the live version of this page"),
    _("Close dialog"),
    _("Close modal dialogs (like this one)"),
    _("Compare"),
    _("Content metrics"),
    _(
        "Converting this to an internal link to %(page)s would make the link "
        "automatically update if the underlying page changes its URL. Would you "
        "like to do this?"
    ),
    _("Correct the validation errors to resume preview (saving will highlight errors)"),
    _("Create a new %(model_name)s"),
    _("Created an alias of %(title)s"),
    _("Currently idle"),
    _("Currently viewing"),
    _("Date cannot be in the future."),
    _("Date updated"),
    _("Default avatar"),
    _('Deleted a reply to a comment on field %(field)s: "%(text)s"'),
    ngettext_lazy(
        "Deleting this page will also delete %(descendant_count)s child page.",
        "Deleting this page will also delete %(descendant_count)s more child pages.",
    ),
    _("Disable custom ordering"),
    _("documents"),
    _("Edit account avatar"),
    _('Edited a reply to a comment on field %(field)s: "%(text)s"'),
    _("Edited by"),
    _("Empty frame title found"),
    _("Empty heading found"),
    _("Enable custom ordering"),
    _("Expiry date/time must be in the future."),
    _(
        "Field name '%(duplicate_clean_name)s' conflicts with another field. Please "
        "change the label."
    ),
    _("Exploring"),
    _("Filter by up to ten most popular tags."),
    _(
        "Focus on the drag button and press up or down arrows to move the item, "
        "then press enter to submit the change."
    ),
    _("Go to the first error"),
    _("Has child pages"),
    _("How we calculate our metrics"),
    _("ID"),
    _("Image alt text has inappropriate pattern"),
    _("images"),
    _("Incorrect heading hierarchy"),
    _("Input button text is empty"),
    _("Is commenting action"),
    _("item"),
    _("items"),
    _("Keep the new pages updated with future changes"),
    _("Keyboard shortcuts are currently disabled; manage your %(account_link)s to enable them."),
    _("Keyboard shortcuts are currently enabled; manage your %(account_link)s to disable them."),
    _("Link text is empty"),
    _("Locale"),
    _("Maximum"),
    _("Maximum filesize: %(max_upload_size)s."),
    _("may prevent deletion"),
    _("Meta description is empty"),
    _("Minimap"),
    _("Minimum"),
    _("Misusing paragraphs as headings"),
    _("More options for '%(title)s'"),
    _("Moved from '%(old_parent)s' to '%(new_parent)s'"),
    _("No %(model_name)s match your query."),
    _("No results in '<span class=\"w-title-ellipsis\">%(title)s</span>'."),
    _("Once live anyone can view"),
    _("One or more references to this %(model_name)s prevent it from being deleted."),
    ngettext_lazy(
        "One other user is currently viewing",
        "%(num_user)s other users are currently viewing",
    ),
    ngettext_lazy(
        'Only pages of type "%(type)s" may be chosen for this field. Search '
        "results will exclude pages of other types.",
        "Only the following page types may be chosen for this field: %(type)s. "
        "Search results will exclude pages of other types.",
    ),
    _("Page %(page_num)s of %(total_pages)s"),
    _("Page '%(page_title)s' is live and this version has been scheduled for publishing."),
    _("page log entries"),
    _("page log entry"),
    _("Page unscheduled for publishing at %(go_live_at)s"),
    _("pages"),
    _(
        "Pages created here will not be accessible at any URL. To add pages to an "
        "existing site, create them as children of the homepage."
    ),
    _("Pages using"),
    _("Pages using %(page_type)s"),
    _("Parent"),
    _("Parent page"),
    _("Placeholder title"),
    _("Please select another parent."),
    _(
        "Preview cannot display due to validation errors. <br /> Click save to "
        "highlight the relevant fields."
    ),
    _("Privacy is inherited from the ancestor page - %(ancestor_page)s"),
    _("Private. Visit the live page"),
    _("Proceeding will overwrite the changes made by %(user_name)s."),
    _("Proceeding will overwrite the changes you made in that window."),
    _("Readability"),
    _("Refresh"),
    _("Refreshing…"),
    _("Removed the '%(restriction)s' view restriction. The page is public."),
    _("Reordered under '%(parent)s'"),
    _('Resolved a comment on field %(field)s: "%(text)s"'),
    _("Revision %(revision_id)s from %(created_at)s scheduled for publishing at %(go_live_at)s."),
    _(
        "Revision %(revision_id)s from %(created_at)s unscheduled from publishing "
        "at %(go_live_at)s."
    ),
    _("Saved"),
    _("Saving will overwrite a newer version."),
    _("Schedule to publish"),
    _("Scheduling…"),
    _("Search all pages…"),
    _("Search in '<span class=\"w-title-ellipsis\">%(title)s</span>'"),
    _(
        'See our <a href="%(guide_link)s" target="_blank">content checks '
        "guide</a> for more information on how content metrics are calculated."
    ),
    _("Select a new parent for this page."),
    _("Show issue"),
    _("Show keyboard shortcuts"),
    _("Side panel width"),
    _("Side panels"),
    _("Sort by '%(label)s' in ascending order."),
    _("Sort by '%(label)s' in descending order."),
    _("Sort item order"),
    _("Sort menu order"),
    _("Switch locales"),
    _("System"),
    _("Table header text is empty"),
    _("Tag(s) %(value_too_long)s are over %(max_tag_length)d characters."),
    _("Text editing"),
    _("The %(model_name)s could not be saved as it is locked"),
    _("The file could not be found. Please change the source or delete the document."),
    _("The filter options you have selected are not valid."),
    _(
        "The name '%(duplicate_clean_name)s' is already assigned to this field and cannot be "
        "changed. Please enter a different label for the conflicting field."
    ),
    _("The new page will be a child of this given parent page."),
    _("The page could not be created due to validation errors."),
    _("The page could not be saved as it is locked."),
    _("The page could not be saved due to validation errors."),
    _(
        "The slug '%(page_slug)s' is already in use at the selected parent page. "
        "Make sure the slug is unique and try again."
    ),
    _(
        "The slug '%(page_slug)s' is already in use within the parent page at "
        "'%(parent_url_path)s'."
    ),
    _("The slug '%(page_slug)s' is already in use within the parent page."),
    _(
        'The URL you entered, <a target="_blank" rel="noreferrer" '
        'href="%(submitted_url)s">%(submitted_url)s</a>, looks like it matches '
        'the internal page %(page)s, which has the URL <a target="_blank" '
        'rel="noreferrer" href="%(internal_url)s">%(internal_url)s</a>.'
    ),
    _("There are no %(model_name)s to display."),
    _('There are no %(model_name)s to display. Why not <a href="%(add_url)s">add one</a>?'),
    _("There are validation errors, click save to highlight them."),
    ngettext_lazy(
        "This action will delete <b>%(total_pages_formatted)s</b> page in total.",
        "This action will delete <b>%(total_pages_formatted)s</b> pages in total.",
    ),
    _("This data explained"),
    ngettext_lazy(
        "This page has one subpage. Unpublish this too",
        "This page has %(live_descendant_count)s subpages. Unpublish these too",
    ),
    ngettext_lazy(
        "This page has one unpublished subpage",
        "This page has %(counter)s unpublished subpages",
    ),
    _(
        "This publishing schedule will only take effect after you select the "
        '"Schedule to publish" option'
    ),
    _("To be created by %(user)s"),
    _("Toggle checks"),
    _("Toggle comments"),
    _("Toggle minimap"),
    _("Toggle preview"),
    _("Toggle section"),
    _("Toggle status"),
    _(
        "Troubleshoot your connection to the site before proceeding. Open the "
        "editor in a separate tab to view the last saved version."
    ),
    ngettext_lazy(
        "Unpublish 1 page",
        "Unpublish %(counter)s pages",
    ),
    _("Unpublish selected pages"),
    _("Usage count"),
    _("Usage count: (high to low)"),
    _("Usage count: (low to high)"),
    _("Use a meaningful title for screen reader users"),
    _("Use meaningful text"),
    _("Use meaningful text for screen reader users"),
    _('Version %(revision_id)s of "%(object)s" unscheduled.'),
    _("Version from %(datetime)s of page '%(page_title)s' has been published."),
    _(
        "Version from %(previous_revision_datetime)s of page '%(page_title)s' has "
        "been scheduled for publishing."
    ),
    _("Version from %(timestamp)s of %(model_name)s '%(object)s' has been published."),
    _(
        "Version from %(timestamp)s of %(model_name)s '%(object)s' has been "
        "scheduled for publishing."
    ),
    _("View latest version"),
    _("Visible to all. Visit the live page"),
    _("Wagtail %(current_version)s editor guide"),
    _(
        "We calculate reading time from word count, using different reading "
        "speeds for different languages."
    ),
    _(
        "We extract the main content from the page preview, remove all "
        "formatting, and calculate the number of words."
    ),
    _(
        "We use a readability formula based on length of words and sentences. "
        "Long sentences and words result in a worse readability score."
    ),
    _(
        'Why not <a class="upload-one-now" href="#tab-upload" '
        'data-action="w-tabs#select:prevent" data-w-tabs-target="trigger" '
        'data-w-tabs-focus-param="true">upload one now</a>?'
    ),
    _("will be set to a %(model_name)s specified by the system"),
    _("will be set to the default %(model_name)s"),
    _("will do nothing"),
    _("will unset the reference"),
    _(
        "You are viewing a previous version of this %(model_name)s from "
        "<b>%(created_at)s</b> by %(user)s"
    ),
    _("You are viewing a previous version of this page from <b>%(created_at)s</b> by %(user)s"),
    _('You cannot create a page of type "%(page_type)s" under "%(page_title)s".'),
    _("You do not have permission to access the admin."),
    _('You do not have permission to create a page under "%(page_title)s".'),
    ngettext_lazy(
        "You don't have permission to unpublish this page",
        "You don't have permission to unpublish these pages",
    ),
    _("You have unsaved changes in another window"),
    _("You saved a new version in another window"),
    pgettext_lazy(
        "{example_number} is a national phone number.",
        "Enter a valid phone number (e.g. {example_number}) "
        "or a number with an international call prefix.",
    ),
    pgettext_lazy(
        "{example_number} is a national phone number.",
        "Enter a valid phone number (e.g. {example_number}).",
    ),
    pgettext_lazy(
        "{example_number} is an international phone number.",
        "Enter a valid phone number (e.g. {example_number}).",
    ),
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
    ),
)
