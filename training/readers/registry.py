"""Every data set that can be read, by name."""

from __future__ import annotations

from dataclasses import replace

from training.errors import DataError
from training.readers.arsl10 import Arsl10
from training.readers.autsl import Autsl
from training.readers.berkeley_mhad import BerkeleyMhad
from training.readers.files.listing import Reader
from training.readers.folder import PlainFolder
from training.readers.utd_mhad import UtdMhad
from training.readers.vsl import Vsl
from training.readers.vsl50 import Vsl50

READERS: dict[str, Reader] = {
    reader.dataset: reader
    for reader in (
        UtdMhad(),
        Arsl10(),
        BerkeleyMhad(),
        Vsl50(),
        Autsl(),
        Vsl(),
        PlainFolder(),
    )
}


def reader_for(name: str, *, bgr: bool = False, modality: str = "") -> Reader:
    """`bgr`: its video arrays hold blue first; `modality`: 'depth' or 'rgb' of utd-mhad. Raises
    DataError naming the sets that are known, or for a set to which such a choice does not apply."""
    if name not in READERS:
        raise DataError(f"{name}: this data set is not known; there are {', '.join(READERS)}")
    reader = READERS[name]
    if modality:
        if not isinstance(reader, UtdMhad):
            raise DataError(f"{name}: --modality is for utd-mhad, which has depth and colour")
        if modality not in ("depth", "rgb"):
            raise DataError(f"--modality {modality}: there are depth and rgb")
        reader = replace(reader, modality="depth" if modality == "depth" else "rgb")
    if bgr:
        if not isinstance(reader, BerkeleyMhad | Vsl50):
            raise DataError(f"{name}: --bgr is for sets of film arrays; video files say it")
        reader = replace(reader, bgr=True)
    return reader
