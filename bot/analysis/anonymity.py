"""How news prose says that a source is protected (AP Stylebook, anonymous sources; Reuters Handbook)."""

import re

_BE_NAMED = r"(?:be(?:ing)?|remain(?:ing)?) (?:publicly )?(?:named|identified|unnamed|unidentified|nameless)\b"
_ASKS = r"\b(?:want|wish|declin|refus|ask|request|prefer|insist)\w*(?: (?:not|on|only))? (?:to )?"
_WITHHOLDS = r"(?:\bnot|n[’']t|\bwithout|\bdeclin\w+|\brefus\w+)(?: \w+){0,3}"
_GIVES = r"(?:giv|us|disclos|reveal|provid|shar|publish|print)\w*"
_NAME = r"(?:names?|identity|identities)"
_PROMISES = (
    r"anonym",
    r"(?:\bnot|n[’']t) (?:authori[sz]ed|cleared|permitted|allowed) to",
    r"\bnot to be (?:named|identified)",
    _ASKS + _BE_NAMED,  # "declined to be identified"
    rf"{_WITHHOLDS} {_GIVES} (?:his|her|their)(?: \w+)? {_NAME}\b",  # "didn't want to give her name"
    rf"\b(?:his|her|their) (?:\w+ )?{_NAME} (?:not be|be (?:withheld|changed|kept))\b",
    rf"\b{_NAME} (?:was|were|is|are|has been|have been|being) (?:\w+ )?(?:withheld|changed)\b",
    # "an official it did not name"
    r"\b(?:it|they|he|she|which) (?:did|does|would)(?: not|n[’']t) (?:name|identify)(?= (?:as|sa\w+|told)\b|[,.]|$)",
)
_PROMISED = re.compile("|".join(_PROMISES))


def promises_protection(sentence: str) -> bool:
    """Whether the sentence, in lower case, says that somebody's name is withheld, or that somebody may not speak."""
    return _PROMISED.search(sentence) is not None
