"""Who sees the promises' results, and who confirms by hand what no software sees (C33)."""

from privacy_notice.models import Approval, PromiseResult, SignOff, Withdrawal
from register.access.rules import RULES, Rule, all_rows
from register.inventory.vocabulary import Purpose
from register.models.staff import Role

READERS = (Role.MAIN_USER, Role.DATA_PROTECTION, Role.EDITOR)

# Counts and days alone. Whoever publishes the notice has to see what is true of it, trained or not.
RULES[PromiseResult] = Rule(
    see=all_rows(PromiseResult, *READERS), purpose=Purpose.RIGHTS, open_without_training=True
)
RULES[SignOff] = Rule(
    see=all_rows(SignOff, *READERS),
    create=(Role.MAIN_USER, Role.DATA_PROTECTION),
    purpose=Purpose.RIGHTS,
)
# Who of them may at the moment, `privacy_notice.guarding.approvers` says. The notice is public by
# law and holds nothing of clients: nobody's training delays it.
for model in (Approval, Withdrawal):
    RULES[model] = Rule(
        see=all_rows(model, *READERS),
        create=(Role.MAIN_USER, Role.DATA_PROTECTION),
        purpose=Purpose.RIGHTS,
        open_without_training=True,
    )
