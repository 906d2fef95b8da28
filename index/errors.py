"""The few errors of the project: what failed, on what, and the next command."""


class IsnadError(Exception):
    """An expected failure. Its message is one line for the reader; the command line prints it and exits with 1."""


class InputError(IsnadError):
    """A file, folder, row or question that cannot be used."""


class LibraryError(IsnadError):
    """A library that is missing, busy, not writable or made with another encoder."""


class ServerError(LibraryError):
    """A server that keeps a library's vectors and does not answer as it should."""


class ModelError(IsnadError):
    """An embedding model or an LLM that cannot be loaded or reached, or that answered nothing usable."""


class WorkerError(IsnadError):
    """Workers of Ray that cannot be had, or that failed."""
