import json
import re
from pathlib import Path

from django.db import migrations
import register.text.validators
import wagtail.fields

# What the page began with until the law got a block of its own.
LAW_IN_INTRO = re.compile(
    r"^(<p>Tässä selosteessa kerromme, .*? milloin poistamme ne\.) (Käsittelemme henkilötietoja .*</p>)$"
)


# The words with which a notice began on the day of this migration: those of today may differ.
FIRST_WORDS = Path(__file__).with_name("first_words.json")


def statements():
    """Return the first words of each statement as one line, by the address of its section."""
    content = json.loads(FIRST_WORDS.read_text(encoding="utf-8"))
    return {
        section["anchor"]: [
            (kind, plain("\n".join(paragraphs)))
            for part in section["body"]
            if isinstance(part, dict)
            for kind, paragraphs in part.items()
        ]
        for section in content["sections"]
    }


def plain(html):
    """Return the text as it was before the editor's widget marked its paragraphs."""
    return re.sub(r'>\s+<', "><", re.sub(r' data-block-key="[^"]*"', "", html)).strip()


def split(part, found):
    """Yield a block of text as the statements that it holds, and what stands around them."""
    rest = plain(part["value"]) if part["type"] == "text" else ""
    first = next(((kind, words) for kind, words in found if words in rest), None)
    if first is None:
        yield part
        return
    kind, words = first
    before, _, after = rest.partition(words)
    if before:
        yield {"type": "text", "value": before}
    yield {"type": kind, "value": words}
    if after:
        yield from split({"type": "text", "value": after}, found)


def named(sections, known):
    for section in sections:
        found = known.get(section["value"]["anchor"], [])
        body = section["value"]["body"]
        section["value"]["body"] = [new for part in body for new in split(part, found)]
    return sections


def unnamed(sections, known):
    kinds = {kind for found in known.values() for kind, _words in found}
    for section in sections:
        for part in section["value"]["body"]:
            if part["type"] in kinds:
                part["type"] = "text"
    return sections


def with_law(intro, sections):
    """Move the sentence on the law out of the introduction, where that is as it first was."""
    match = LAW_IN_INTRO.match(plain(intro))
    for section in sections if match else ():
        if section["value"]["anchor"] == "mika-rekisteri-on":
            section["value"]["body"].append({"type": "law", "value": f"<p>{match[2]}"})
            return f"{match[1]}</p>", sections
    return intro, sections


def without_law(intro, sections):
    return intro, sections


def change(apps, name, law):
    known = statements()
    notices = apps.get_model("privacy_notice", "PrivacyNoticePage").objects
    revisions = apps.get_model("wagtailcore", "Revision").objects
    for page in notices.all():
        intro, sections = law(page.intro, name(list(map(dict, page.sections.raw_data)), known))
        notices.filter(pk=page.pk).update(intro=intro, sections=sections)
        kept = {page.latest_revision_id, page.live_revision_id} - {None}
        for revision in revisions.filter(pk__in=kept):
            content = revision.content
            sections = name(json.loads(content["sections"]), known)
            content["intro"], sections = law(content["intro"], sections)
            content["sections"] = json.dumps(sections)
            revisions.filter(pk=revision.pk).update(content=content)


def by_kind(apps, schema_editor):
    change(apps, named, with_law)


def as_text(apps, schema_editor):
    change(apps, unnamed, without_law)


class Migration(migrations.Migration):

    dependencies = [
        ('privacy_notice', '0005_versions'),
    ]

    operations = [
        migrations.AlterField(
            model_name='privacynoticepage',
            name='sections',
            field=wagtail.fields.StreamField([('section', 35)], block_lookup={0: ('wagtail.blocks.CharBlock', (), {'label': 'Heading', 'max_length': 120, 'validators': [register.text.validators.validate_says_something]}), 1: ('wagtail.blocks.RegexBlock', (), {'error_messages': {'invalid': 'Use small letters a–z, digits and hyphens, and begin with a letter.'}, 'help_text': "Links point to it: don't change it without a reason.", 'label': 'Address inside the page', 'regex': '\\A[a-z][a-z0-9-]{0,59}\\Z'}), 2: ('wagtail.blocks.RichTextBlock', (), {'features': ['h3', 'bold', 'italic', 'link', 'ul', 'ol'], 'icon': 'pilcrow', 'label': 'Text'}), 3: ('privacy_notice.blocks.RegisterNameBlock', (), {}), 4: ('privacy_notice.blocks.ControllerBlock', (), {}), 5: ('privacy_notice.blocks.ContactPersonBlock', (), {}), 6: ('privacy_notice.blocks.DataCategoriesBlock', (), {}), 7: ('privacy_notice.blocks.PurposesBlock', (), {}), 8: ('privacy_notice.blocks.RecipientsBlock', (), {}), 9: ('privacy_notice.blocks.RetentionBlock', (), {}), 10: ('privacy_notice.blocks.StatementBlock', (('C04',),), {'group': 'Statements', 'icon': 'doc-full', 'label': 'Whom the register is about'}), 11: ('privacy_notice.blocks.StatementBlock', (('C02',),), {'group': 'Statements', 'icon': 'doc-full', 'label': 'The law that is followed'}), 12: ('privacy_notice.blocks.StatementBlock', (('C23',),), {'group': 'Statements', 'icon': 'doc-full', 'label': 'Only what is needed'}), 13: ('privacy_notice.blocks.StatementBlock', (('C19',),), {'group': 'Statements', 'icon': 'doc-full', 'label': 'What the data is used for'}), 14: ('privacy_notice.blocks.StatementBlock', (('C20', 'C21'),), {'group': 'Statements', 'icon': 'doc-full', 'label': 'On which grounds data is processed'}), 15: ('privacy_notice.blocks.StatementBlock', (('C22',),), {'group': 'Statements', 'icon': 'doc-full', 'label': 'Where the data comes from'}), 16: ('privacy_notice.blocks.StatementBlock', (('C24',),), {'group': 'Statements', 'icon': 'doc-full', 'label': 'Disclosure for billing'}), 17: ('privacy_notice.blocks.StatementBlock', (('C25',),), {'group': 'Statements', 'icon': 'doc-full', 'label': 'What is said of the billed service'}), 18: ('privacy_notice.blocks.StatementBlock', (('C26', 'C27'),), {'group': 'Statements', 'icon': 'doc-full', 'label': 'The finance provider'}), 19: ('privacy_notice.blocks.StatementBlock', (('C28',),), {'group': 'Statements', 'icon': 'doc-full', 'label': 'No transfers outside the EU'}), 20: ('privacy_notice.blocks.StatementBlock', (('C40', 'C41', 'C42', 'C43'),), {'group': 'Statements', 'icon': 'doc-full', 'label': 'Contracts with processors'}), 21: ('privacy_notice.blocks.StatementBlock', (('C29', 'C33'),), {'group': 'Statements', 'icon': 'doc-full', 'label': 'Who gets at the data'}), 22: ('privacy_notice.blocks.StatementBlock', (('C30', 'C31', 'C34', 'C35'),), {'group': 'Statements', 'icon': 'doc-full', 'label': 'Duties of the staff'}), 23: ('privacy_notice.blocks.StatementBlock', (('C36', 'C37', 'C38'),), {'group': 'Statements', 'icon': 'doc-full', 'label': 'Protection of the systems'}), 24: ('privacy_notice.blocks.StatementBlock', (('C32',),), {'group': 'Statements', 'icon': 'doc-full', 'label': 'Protection of papers'}), 25: ('privacy_notice.blocks.StatementBlock', (('C39',),), {'group': 'Statements', 'icon': 'doc-full', 'label': 'Laws and guidance'}), 26: ('privacy_notice.blocks.StatementBlock', (('C44',),), {'group': 'Statements', 'icon': 'doc-full', 'label': 'When data is erased'}), 27: ('privacy_notice.blocks.StatementBlock', (('C45', 'C46'),), {'group': 'Statements', 'icon': 'doc-full', 'label': 'What is left after the erasure'}), 28: ('privacy_notice.blocks.StatementBlock', (('C47',),), {'group': 'Statements', 'icon': 'doc-full', 'label': "The right to one's data"}), 29: ('privacy_notice.blocks.StatementBlock', (('C48',),), {'group': 'Statements', 'icon': 'doc-full', 'label': 'The right to rectification'}), 30: ('privacy_notice.blocks.StatementBlock', (('C49',),), {'group': 'Statements', 'icon': 'doc-full', 'label': 'The right to erasure'}), 31: ('privacy_notice.blocks.StatementBlock', (('C50', 'C51'),), {'group': 'Statements', 'icon': 'doc-full', 'label': 'How to make a request'}), 32: ('privacy_notice.blocks.StatementBlock', (('C52',),), {'group': 'Statements', 'icon': 'doc-full', 'label': 'What a request costs'}), 33: ('privacy_notice.blocks.StatementBlock', (('C54', 'C55'),), {'group': 'Statements', 'icon': 'doc-full', 'label': 'What is done about a breach'}), 34: ('wagtail.blocks.StreamBlock', [[('text', 2), ('register_name', 3), ('controller', 4), ('contact_person', 5), ('data_categories', 6), ('purposes', 7), ('recipients', 8), ('retention', 9), ('buyers', 10), ('law', 11), ('minimisation', 12), ('uses', 13), ('legal_bases', 14), ('sources', 15), ('disclosure', 16), ('billed_service', 17), ('provider', 18), ('transfers', 19), ('processors', 20), ('access', 21), ('staff', 22), ('systems', 23), ('papers', 24), ('guidance', 25), ('erasure', 26), ('remainder', 27), ('summary', 28), ('rectification', 29), ('erasure_request', 30), ('requests', 31), ('costs', 32), ('breaches', 33)]], {'label': 'Content'}), 35: ('wagtail.blocks.StructBlock', [[('heading', 0), ('anchor', 1), ('body', 34)]], {})}, verbose_name='sections'),
        ),
        migrations.RunPython(by_kind, as_text),
    ]
