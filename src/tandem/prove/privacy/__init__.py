"""Privacy: data classes, pseudonyms, sealing under per-subject keys, erasure."""

from tandem.prove.privacy.classes import DataClass
from tandem.prove.privacy.master_key import MasterKey, load_master_key
from tandem.prove.privacy.opening import open_subject_keys
from tandem.prove.privacy.subject_keys import SqliteSubjectKeys, SubjectKey, SubjectKeys
from tandem.prove.privacy.vault import Erased, Vault

__all__ = [
    "DataClass",
    "Erased",
    "MasterKey",
    "SqliteSubjectKeys",
    "SubjectKey",
    "SubjectKeys",
    "Vault",
    "load_master_key",
    "open_subject_keys",
]
