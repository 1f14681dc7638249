"""The promises on the staff's screens: a report, a picture of the past, a page to confirm on."""
