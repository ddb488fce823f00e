"""What a service says when it cannot do what was asked: a sentence for a clerk."""


class DomainError(Exception):
    """A clear Indonesian sentence: what is wrong and what to do. Shown as it is."""


class NotAllowed(DomainError):
    """The actor's role or organisation may not do this."""

    def __init__(self, message: str = "Peran Anda tidak berhak melakukan ini.") -> None:
        super().__init__(message)
