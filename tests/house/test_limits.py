"""A file, a function and a nest have limits, and what is public says what it is."""

from pathlib import Path
from textwrap import indent

from house import limits
from house.tree import TESTS, hold, planted, python_sources, sql_scripts


def test_no_file_has_more_than_400_lines() -> None:
    paths = [source.path for source in python_sources()]
    paths += [script.path for script in sql_scripts()]
    paths += [path for path in TESTS.rglob("*") if path.suffix in {".py", ".sql"}]

    hold(limits.long_files(paths))


def test_no_function_has_more_than_50_lines() -> None:
    hold(limits.long_functions(python_sources()))


def test_nothing_nests_deeper_than_3() -> None:
    hold(limits.deep_nests(python_sources()))


def test_every_public_name_and_every_module_has_a_docstring() -> None:
    hold(limits.undocumented(python_sources()))


def test_every_function_says_the_types_of_its_arguments_and_answer() -> None:
    hold(limits.unannotated(python_sources()))


def test_a_file_of_401_lines_is_found_and_one_of_400_is_not(tmp_path: Path) -> None:
    (tmp_path / "long.sql").write_text("--\n" * 401)
    (tmp_path / "right.sql").write_text("--\n" * 400)

    found = list(limits.long_files(sorted(tmp_path.iterdir())))

    assert [offence.path.name for offence in found] == ["long.sql"]


def test_a_function_of_51_lines_is_found_and_one_of_50_is_not() -> None:
    text = "@decorated\ndef long():\n" + "    pass\n" * 50 + "def right():\n" + "    pass\n" * 49

    found = list(limits.long_functions([planted(text)]))

    assert [offence.what for offence in found] == ["long has 51 lines"]


def _nest(*openings: str) -> str:
    text = "pass\n"
    for opening in reversed(openings):
        text = f"{opening}\n" + indent(text, "    ")
    return text


def test_each_way_to_nest_counts() -> None:
    ways = [
        "if a:",
        "for a in b:",
        "while a:",
        "with a:",
        "match a:\n    case _:",
        "def inner():",
        "class Inner:",
    ]
    for way in ways:
        lines = way.split("\n    ")
        deep = _nest("def outer():", "if a:", "for b in c:", "with d:", *lines)
        right = _nest("def outer():", "if a:", "for b in c:", *lines)

        assert len(list(limits.deep_nests([planted(deep)]))) == 1, way
        assert not list(limits.deep_nests([planted(right)])), way


def test_a_try_counts_as_one_level_with_its_handlers() -> None:
    body = "try:\n    pass\nexcept A:\n    pass\nelse:\n    pass\nfinally:\n    pass\n"
    deep = "def outer():\n    if a:\n        if b:\n            if c:\n" + indent(body, " " * 16)
    right = "def outer():\n    if a:\n        if b:\n" + indent(body, " " * 12)

    assert len(list(limits.deep_nests([planted(deep)]))) == 1
    assert not list(limits.deep_nests([planted(right)]))


def test_an_elif_does_not_nest_and_an_if_below_an_else_does() -> None:
    chain = "if a:\n    pass\nelif b:\n    pass\nelif c:\n    pass\nelif d:\n    pass\nelif e:\n    pass\n"
    tower = "if a:\n    pass\nelse:\n    if b:\n        if c:\n            if d:\n                pass\n"

    assert not list(limits.deep_nests([planted(chain)]))
    assert len(list(limits.deep_nests([planted(tower)]))) == 1


def test_methods_of_a_class_do_not_nest() -> None:
    text = "class A:\n    class B:\n" + indent(_nest("def c():", "if a:", "if b:", "if c:"), " " * 8)

    assert not list(limits.deep_nests([planted(text)]))


def test_a_public_name_without_a_docstring_is_found() -> None:
    text = (
        "class Public:\n    def method(self): ...\n    def _private(self): ...\n    class Meta: ...\n"
        "if a:\n    def below(): ...\n"
        "class _Private:\n    def method(self): ...\n"
        "def function():\n    def inner(): ...\n"
    )

    found = [
        offence.what.removesuffix(" has no docstring") for offence in limits.undocumented([planted(text)])
    ]

    assert found == ["the module", "Public", "method", "below", "function"]


def test_a_bare_argument_and_a_bare_answer_are_found() -> None:
    text = (
        "def _bare(a, *b, c, **d): ...\n"
        "class A:\n    def typed(self, a: int) -> None: ...\n    def __init__(self): ...\n"
    )

    found = [offence.what for offence in limits.unannotated([planted(text)])]

    assert found == [
        "_bare: a has no type",
        "_bare: c has no type",
        "_bare: b has no type",
        "_bare: d has no type",
        "_bare: its answer has no type",
        "__init__: its answer has no type",
    ]
