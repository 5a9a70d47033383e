"""A name says what the thing is, and says it in our words."""

from house import names
from house.tree import hold, planted, python_sources, sql_scripts

CARBONS_WORDS_ALLOWED: dict[str, tuple[set[str], str]] = {
    "cli/demo/": (
        {
            *("abonents", "act_pay", "arg1", "asr_fiscal", "collector_manager", "method1", "nas_ip", "op_id"),
            *("passwd", "pay_id_str", "pay_operator", "psw", "src_ip", "suid", "sum_in", "web_cabinet"),
            *("users_blocked", "users_logged", "users_negbal"),
            *("abonent", "api_1c", "api_1c_manager", "code1c", "financeoperations"),
        },
        "prints the specification's calls, ready to paste, and writes demo.json, whose keys are theirs",
    ),
    "installation/settings.py": ({"psw"}, "a field is named as the key of the config that it holds"),
    "installation/config_view.py": ({"psw"}, "hides what looks like a secret, in keys of any program"),
    "installation/first_config.py": (
        {"api_1c", "asr_fiscal", "asr_cabinet", "webcash"},
        "the first config names the specification's contexts",
    ),
    "subscribers/migrations/0001.sql": ({"abonents"}, "says why groups and subscribers share a sequence"),
}
"""File or folder below src/netledger → the words of Carbon's that it may hold, and why."""


def test_no_module_function_class_argument_or_variable_has_an_empty_name() -> None:
    hold(names.empty_names(python_sources()))


def test_carbons_words_live_in_system_api_only() -> None:
    files = [*python_sources(), *sql_scripts()]
    texts = [(file.path, file.text) for file in files if file.room != "system_api"]

    hold(names.carbons_words(texts, CARBONS_WORDS_ALLOWED))


def test_what_the_table_allows_is_there() -> None:
    """A word allowed to a file that no longer holds it would let it in again unseen."""
    files = [*python_sources(), *sql_scripts()]
    texts = {str(file.path.relative_to(names.PACKAGE)): file.text.lower() for file in files}

    stale = [
        f"{place}: {word}"
        for place, (words, _) in CARBONS_WORDS_ALLOWED.items()
        for word in sorted(words)
        if not any(
            word in text for file, text in texts.items() if file == place or names.is_below(file, place)
        )
    ]

    assert not stale


def test_each_way_to_give_an_empty_name_is_found() -> None:
    ways = [
        "data = 1",
        "info: int = 1",
        "for obj in (): pass",
        "def manager(): ...",
        "class Helper: ...",
        "def f(handle): ...",
        "def f(*, process=1): ...",
        "f = lambda data: 1",
        "import json as utils",
        "try: ...\nexcept E as info: ...",
        "match 1:\n    case data: ...",
        "match 1:\n    case [1, *data]: ...",
        "with f() as handle: ...",
        "(data := 1)",
        "[1 for obj in ()]",
    ]
    for way in ways:
        assert len(list(names.empty_names([planted(way)]))) == 1, way


def test_an_empty_word_in_a_module_name_is_found() -> None:
    assert list(names.empty_names([planted("", "ledger/string_utils.py")]))
    assert list(names.empty_names([planted("", "helper/planted.py")]))


def test_an_attribute_of_a_library_and_a_longer_word_are_nobodys_fault() -> None:
    text = "reader.data = source.info\ndatabase = metadata = processed = 1\nf(data=1)\n"

    assert not list(names.empty_names([planted(text)]))


def test_carbons_words_are_found_in_any_spelling() -> None:
    for word in [
        "Abonents",
        "AbonentRecord",
        "class UsersUsluga",
        "USLUGA",
        "x.tarif",
        "code1c",
        "api_1c",
        "suid",
    ]:
        texts = [(names.PACKAGE / "ledger/planted.py", f"# {word} = 1\n")]

        assert list(names.carbons_words(texts, {})), word


def test_our_own_words_are_not_taken_for_carbons() -> None:
    text = "network['api.collector.psw'] tariffs contract_number negbal setuid nas_id sum_max operator_code\n"

    assert not list(names.carbons_words([(names.PACKAGE / "ledger/planted.py", text)], {}))


def test_the_table_allows_a_word_to_one_file_or_folder_only() -> None:
    allowed = {"cli/planted.py": ({"suid"}, "prints lines"), "cli/demo/": ({"usluga"}, "prints more")}
    texts = [
        (names.PACKAGE / file, "suid usluga\n")
        for file in ("cli/planted.py", "cli/demo/planted.py", "ledger/planted.py")
    ]

    found = [
        (offence.path.parent.name, offence.what.split()[0]) for offence in names.carbons_words(texts, allowed)
    ]

    assert found == [("cli", "usluga"), ("demo", "suid"), ("ledger", "suid"), ("ledger", "usluga")]
