"""The one error of the law floor."""


class LawError(ValueError):
    """A question the law cannot answer; the text is one Indonesian sentence for a clerk."""
