"""Keys of forms and return codes. A code follows from its form's key, so that sending twice gives the same receipt."""

import hashlib
import secrets

from django.core import signing
from django.utils.crypto import salted_hmac

# No letters or digits that are taken for one another.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
GROUPS, LETTERS = 4, 5
_signer = signing.Signer(salt="tillitsrom.signals.form")


def new_key() -> str:
    """A key for one form, signed by us: nobody can make one up. It knows no time and no person."""
    return _signer.sign(secrets.token_urlsafe(16))


def is_our_key(key: str) -> bool:
    try:
        _signer.unsign(key)
    except signing.BadSignature:
        return False
    return True


def key_digest(key: str, text: str) -> str:
    """What is stored of an open form's key. The same form with another text is another signal."""
    return hashlib.sha256(f"{key}\n{text}".encode()).hexdigest()


def code_from(key: str, text: str) -> str:
    """The return code of a form's key and text: twenty letters of thirty-one, some 99 bits."""
    number = int.from_bytes(
        salted_hmac("tillitsrom.signals.code-from-key", f"{key}\n{text}", algorithm="sha256").digest(), "big"
    )
    letters = ""
    for _position in range(GROUPS * LETTERS):
        number, rest = divmod(number, len(ALPHABET))
        letters += ALPHABET[rest]
    return "-".join(letters[i : i + LETTERS] for i in range(0, len(letters), LETTERS))


def code_digest(code: str) -> str:
    """What is stored of a code: a keyed hash. Small letters, spaces and dashes do not matter."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return salted_hmac("tillitsrom.signals.code", plain, algorithm="sha256").hexdigest()
