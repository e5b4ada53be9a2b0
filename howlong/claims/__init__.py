"""Code each stated amount by its context: its role, and what, whom and which treatment it is about.

Law of the room: a claim is a quantity with codes, every code names the words it was read from, and its id survives edits
elsewhere in the document.  The coding manual's fields are those of `Claim`.
"""

from howlong.claims.claim import Claim
from howlong.claims.codebook import Codebook, load_codebook, read_codebook
from howlong.claims.coding import code_claims, code_text
from howlong.claims.explaining import CueUse, audit_cues, explain
from howlong.claims.found import Found, read_cue
from howlong.claims.review import Review, read_review

__all__ = [
    "Claim",
    "Codebook",
    "CueUse",
    "Found",
    "Review",
    "audit_cues",
    "code_claims",
    "code_text",
    "explain",
    "load_codebook",
    "read_codebook",
    "read_cue",
    "read_review",
]
