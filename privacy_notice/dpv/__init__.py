"""The notice for machines, in the words of the Data Privacy Vocabulary: what the page says."""
