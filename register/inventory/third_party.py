"""Third-party models, each classified as a whole: whose data it may hold, and what purges it.

No client data reaches any of them: register models have no revisions, no search index, no
comments, no reference index, and `str()` of each is an opaque number.
"""

from register.inventory.registry import inventory
from register.inventory.vocabulary import Subject

# Structure and published content: the names in it are published by duty (C53).
inventory.declare_third_party(
    "auth.Group",
    "auth.Permission",
    "contenttypes.ContentType",
    "django_q.Schedule",
    "simple_translation.SimpleTranslation",
    "taggit.Tag",
    "taggit.TaggedItem",
    "wagtailadmin.Admin",
    "wagtailcore.Collection",
    "wagtailcore.CollectionViewRestriction",
    "wagtailcore.GroupApprovalTask",
    "wagtailcore.GroupCollectionPermission",
    "wagtailcore.GroupPagePermission",
    "wagtailcore.GroupSitePermission",
    "wagtailcore.Locale",
    "wagtailcore.Page",
    "wagtailcore.PageViewRestriction",
    "wagtailcore.ReferenceIndex",
    "wagtailcore.Site",
    "wagtailcore.Task",
    "wagtailcore.Workflow",
    "wagtailcore.WorkflowContentType",
    "wagtailcore.WorkflowPage",
    "wagtailcore.WorkflowTask",
    "wagtailembeds.Embed",
    "wagtailredirects.Redirect",
    "wagtailsearch.IndexEntry",
    "wagtailsearch.SQLiteFTSIndexEntry",
)
# Background tasks: arguments are ids, results are counts, failures carry no value.
inventory.declare_third_party(
    "django_q.Failure",
    "django_q.OrmQ",
    "django_q.Success",
    "django_q.Task",
)
# allauth keeps addresses of its own; ours are the accounts', so these tables stay empty (C36).
inventory.declare_third_party("account.EmailAddress", "account.EmailConfirmation")
# guardian's generic tables stay empty: an assignment is a row of register.Assignment.
inventory.declare_third_party(
    "guardian.GroupObjectPermission",
    "guardian.UserObjectPermission",
)
# Feedback goes to register.Feedback; the form builder's own table stays empty.
inventory.declare_third_party("wagtailforms.FormSubmission")
# Who edited what on the site: staff, kept and closed with their account.
inventory.declare_third_party(
    "admin.LogEntry",
    "auth.User",
    "mfa.Authenticator",
    "sessions.Session",
    "wagtailadmin.EditingSession",
    "wagtailadmin.FormState",
    "wagtailcore.APIToken",
    "wagtailcore.Comment",
    "wagtailcore.CommentReply",
    "wagtailcore.ModelLogEntry",
    "wagtailcore.PageLogEntry",
    "wagtailcore.PageSubscription",
    "wagtailcore.Revision",
    "wagtailcore.TaskState",
    "wagtailcore.UploadedFile",
    "wagtailcore.WorkflowState",
    "wagtaildocs.Document",
    "wagtailimages.Image",
    "wagtailimages.Rendition",
    "wagtailusers.UserProfile",
    subject=Subject.STAFF,
    purged_by="closing of the staff account",
)
