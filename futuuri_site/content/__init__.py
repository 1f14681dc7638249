"""The site's first content in its languages: data files, and what makes pages of them."""
