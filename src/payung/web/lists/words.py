"""What fields and findings are called on screen, in a word or two."""

from payung.sheets import CODE_WORDS, FIELD_WORDS


def field_word(field: str) -> str:
    return FIELD_WORDS.get(field, field or "Baris")


def code_word(code: str) -> str:
    return CODE_WORDS.get(code, code)
