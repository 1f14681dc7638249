"""The notice as a tagged PDF/UA, typeset from the page's own HTML."""
