"""The site's first content, in Finnish: data files, and what makes pages of them."""
