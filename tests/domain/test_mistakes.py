from domain.mistakes import without_words

PRIVATE = "session=s3cr3t"


def fail() -> None:
    raise ValueError(PRIVATE)


def caught() -> BaseException:
    try:
        try:
            fail()
        except ValueError as error:
            raise ExceptionGroup(PRIVATE, [KeyError(PRIVATE), error]) from error
    except ExceptionGroup as error:
        return error
    raise AssertionError


def test_an_error_is_told_by_its_kind_its_place_and_its_causes_and_by_no_word_of_its_own() -> None:
    told = without_words(caught())
    assert PRIVATE not in told
    assert "s3cr3t" not in told
    assert told.startswith("ExceptionGroup\n")
    assert "KeyError" in told
    assert "ValueError" in told
    assert f'File "{__file__}", line 7, in fail' in told


def test_errors_that_caused_one_another_are_told_once() -> None:
    one, other = ValueError(), KeyError()
    one.__cause__, other.__cause__ = other, one
    assert without_words(one) == "ValueError\ncaused by\nKeyError"


def test_no_error_is_told_as_such() -> None:
    assert without_words(None) == "no error"
