"""A user's name and password, sent by browsers as Basic and by API clients as a Bearer key."""

import base64
import binascii
import hmac
from dataclasses import dataclass, field
from pathlib import Path

from index.errors import InputError

CHALLENGE = 'Basic realm="isnad", charset="UTF-8"'
SHORTEST = 8
"""Characters; a shorter password is guessed."""


@dataclass(frozen=True, slots=True)
class Password:
    """Compared in constant time; never shown."""

    user: str
    secret: str = field(repr=False)

    @classmethod
    def read(cls, written: str) -> "Password":
        """From `USER:FILE`, the password being the file's first line. Raises InputError."""
        user, _, file = written.partition(":")
        if not user or not file:
            raise InputError(f"--auth {written!r} is no USER:FILE. The password is the file's first line.")
        try:
            lines = Path(file).expanduser().read_text(encoding="utf-8").splitlines()
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "it is no text"
            raise InputError(f"--auth: the password file {file} cannot be read ({reason}).") from error
        secret = lines[0].strip() if lines else ""
        if len(secret) < SHORTEST:
            raise InputError(f"--auth: the first line of {file} has fewer than {SHORTEST} characters: too few to hold.")
        return cls(user, secret)

    def opens(self, authorization: str) -> bool:
        """Whether a header `Authorization` holds them: `Basic` both, `Bearer` the password alone."""
        scheme, _, given = authorization.partition(" ")
        if scheme.lower() == "bearer":
            return _same(given.strip(), self.secret)
        if scheme.lower() != "basic":
            return False
        try:
            user, _, secret = base64.b64decode(given, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return False
        return _same(user, self.user) & _same(secret, self.secret)  # both compared, whichever is wrong


def _same(given: str, kept: str) -> bool:
    return hmac.compare_digest(given.encode(errors="replace"), kept.encode())
