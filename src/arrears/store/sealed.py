"""Identifiers kept sealed: encrypted in the column, found by a keyed index, shown masked.

Keys are derived from the secret key for one purpose each. The index is a keyed hash of the normalised identifier, so
equality can be asked without the identifier being anywhere in the open.
"""

import hashlib
import hmac
import os
import unicodedata

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_FORM = b"\x01"
_NONCE_BYTES = 12
_SHOWN = 4
_TAG = 10


class SealBrokenError(ValueError):
    """The column was changed, belongs to another row, or was sealed with another key."""


def seal(identifier: str, bound_to: str, key_part: bytes | None = None) -> bytes:
    """Encrypt ``identifier`` (AES-256-GCM), bound to what it belongs to, such as ``person.national_id 12``.

    With ``key_part``, random bytes kept elsewhere, nobody opens it again once those are gone.
    """
    return seal_bytes(identifier.encode(), bound_to, key_part)


def unseal(sealed: bytes, bound_to: str, key_part: bytes | None = None) -> str:
    """Return the identifier. Raises :class:`SealBrokenError`; whoever calls this records an event."""
    return unseal_bytes(sealed, bound_to, key_part).decode()


def blind(identifier: str, organisation_id: int) -> bytes:
    """Return the keyed index of an identifier within one organisation: equal in, equal out, nothing else to be read."""
    said = f"{organisation_id}:{normalised(identifier)}"
    return hmac.digest(_key(b"blind index"), said.encode(), hashlib.sha256)


def across(identifier: str, country: str) -> bytes:
    """Return the keyed hash of a national identifier that is the same for every organisation of this installation."""
    said = f"{country}:{normalised(identifier)}"
    return hmac.digest(_key(b"across creditors"), said.encode(), hashlib.sha256)


def tag(words: str) -> str:
    """Return ten hex digits that nobody else can make for ``words``: what comes back with them went out from here."""
    return hmac.digest(_key(b"references"), words.encode(), hashlib.sha256).hex()[:_TAG]


def is_tag(said: str, words: str) -> bool:
    """Return whether ``said`` is the tag of ``words``."""
    return hmac.compare_digest(said, tag(words))


def seal_bytes(content: bytes, bound_to: str, key_part: bytes | None = None) -> bytes:
    """Encrypt a file as :func:`seal` does words."""
    nonce = os.urandom(_NONCE_BYTES)
    return _FORM + nonce + _cipher(key_part).encrypt(nonce, content, bound_to.encode())


def unseal_bytes(sealed: bytes, bound_to: str, key_part: bytes | None = None) -> bytes:
    """Return a sealed file. Raises :class:`SealBrokenError`."""
    form, nonce, words = sealed[:1], sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
    try:
        if form != _FORM:
            raise SealBrokenError("this is not sealed in a known form")
        return _cipher(key_part).decrypt(nonce, words, bound_to.encode())
    except InvalidTag as wrong:
        raise SealBrokenError("what was sealed was changed, moved, or sealed with another key") from wrong


def normalised(identifier: str) -> str:
    """Return letters and digits only, in capitals, whatever spaces, hyphens or full-width forms were typed."""
    wide = unicodedata.normalize("NFKC", identifier)
    return "".join(each for each in wide if each.isalnum()).upper()


def masked(identifier: str) -> str:
    """Return the identifier with all but its last characters hidden; at most half of it is ever shown."""
    shown = min(_SHOWN, len(identifier) // 2)
    return "•" * (len(identifier) - shown) + identifier[len(identifier) - shown :]


def _cipher(key_part: bytes | None) -> AESGCM:
    return AESGCM(_key(b"identifiers", key_part))


def _key(purpose: bytes, key_part: bytes | None = None) -> bytes:
    derive = HKDF(algorithm=SHA256(), length=32, salt=key_part, info=b"arrears " + purpose)
    return derive.derive(settings.SECRET_KEY.encode())
