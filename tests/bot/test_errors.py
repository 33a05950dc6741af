"""One error tree: every error has its own code, a message for the reader, and stands in the drawing."""

import bot.errors
from bot.errors import ClaimcheckError


def all_errors(root: type[ClaimcheckError] = ClaimcheckError) -> list[type[ClaimcheckError]]:
    below = [
        error for child in root.__subclasses__() if child.__module__ == "bot.errors" for error in all_errors(child)
    ]
    return [root, *below]


def test_every_error_has_a_code_of_its_own() -> None:
    codes = [error.code for error in all_errors()]
    assert len(codes) == len(set(codes)) > 10


def test_every_error_stands_in_the_drawing_of_the_tree() -> None:
    drawing = bot.errors.__doc__ or ""
    assert [error.__name__ for error in all_errors() if error.__name__ not in drawing] == []


def test_an_error_says_its_message() -> None:
    error = ClaimcheckError("The page answered 404.")
    assert (error.message, str(error)) == ("The page answered 404.", "The page answered 404.")
