"""A file under a passphrase: scrypt makes the key, AES-256-GCM seals it piece by piece.

Each piece is bound to its place and to whether it is the last, so that nothing can be cut off,
swapped or repeated unseen.
"""

import io
import os
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from hs_credit_desktop.errors import UserError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"HSPACK1\0"
SALT, NONCE, TAG, PIECE = 16, 8, 16, 1 << 20
# RFC 7914: 32 MiB and about a tenth of a second for each try.
COST, BLOCK, LANES = 2**15, 8, 1


def is_sealed(file: Path) -> bool:
    """Whether the file asks for a passphrase."""
    with file.open("rb") as opened:
        return opened.read(len(MAGIC)) == MAGIC


def seal(plain: Path, sealed: Path, passphrase: str) -> None:
    """Write `plain` sealed under the passphrase."""
    with plain.open("rb") as reading, sealed.open("wb") as writing:
        _seal(reading, writing, passphrase)


def seal_bytes(plain: bytes, passphrase: str) -> bytes:
    """What is too secret for a file of its own, sealed under the passphrase."""
    writing = io.BytesIO()
    _seal(io.BytesIO(plain), writing, passphrase)
    return writing.getvalue()


def _seal(reading: BinaryIO, writing: BinaryIO, passphrase: str) -> None:
    salt, nonce = os.urandom(SALT), os.urandom(NONCE)
    box = _box(passphrase, salt)
    writing.write(MAGIC + salt + nonce)
    number, piece = 0, reading.read(PIECE)
    while True:
        following = reading.read(PIECE)
        mark = b"last" if not following else b"more"
        writing.write(box.encrypt(nonce + number.to_bytes(4, "big"), piece, mark))
        if not following:
            return
        number, piece = number + 1, following


def unseal(sealed: Path, plain: Path, passphrase: str | None) -> None:
    """Write what was sealed to `plain`; UserError when the passphrase is missing or wrong."""
    with sealed.open("rb") as reading, plain.open("wb") as writing:
        _unseal(reading, writing, passphrase, sealed.name)


def unseal_bytes(sealed: bytes, passphrase: str | None, name: str) -> bytes:
    """What seal_bytes sealed; `name` for the message when the passphrase is missing or wrong."""
    writing = io.BytesIO()
    _unseal(io.BytesIO(sealed), writing, passphrase, name)
    return writing.getvalue()


def _unseal(reading: BinaryIO, writing: BinaryIO, passphrase: str | None, name: str) -> None:
    from cryptography.exceptions import InvalidTag

    if not passphrase:
        raise UserError(f"{name} 设了口令，没有打开", "请向制作人问清口令。")
    reading.read(len(MAGIC))
    salt, nonce = reading.read(SALT), reading.read(NONCE)
    box = _box(passphrase, salt)
    number, piece = 0, reading.read(PIECE + TAG)
    while True:
        following = reading.read(PIECE + TAG)
        mark = b"more" if following else b"last"
        try:
            writing.write(box.decrypt(nonce + number.to_bytes(4, "big"), piece, mark))
        except InvalidTag:
            raise UserError(
                f"{name} 口令不对，或文件已损坏，没有打开", "请核对口令，再试一次。"
            ) from None
        if not following:
            return
        number, piece = number + 1, following


def _box(passphrase: str, salt: bytes) -> "AESGCM":
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    key = Scrypt(salt=salt, length=32, n=COST, r=BLOCK, p=LANES).derive(passphrase.encode())
    return AESGCM(key)
