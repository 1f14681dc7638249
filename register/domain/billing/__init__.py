"""From the delivered service to the file at the finance provider (C24, C25, C45).

exporting    the export as a whole: open a batch, claim slice by slice, write the file
batches      the life of a batch: open, written, or dropped when it stays empty
claims       which services a batch takes, each exactly once, and the log of their disclosure
batch_file   the batch's file: where it lies, how it is written and checked
references   what was exported, written beside the database, which a restore takes back
downloads    what the billing role does with it: fetch the file, note that it was received
bookkeeping  the row that is split from each billed service, and how long it is kept
"""
