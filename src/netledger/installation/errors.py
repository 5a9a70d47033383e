"""What an installation refuses."""

from netledger.errors import Refusal


class HomeUnusable(Refusal):
    """The home folder, or what must stand in it, cannot be made."""

    code = "home_unusable"
    sentence_ru = "Папку {path} нельзя использовать как домашнюю: {why_ru}"
    sentence_en = "{path} cannot be used as a home: {why_en}"

    path: str
    why_ru: str
    why_en: str


class FileNotWritten(Refusal):
    """The system did not let a file be written; what stood there before stands there still."""

    code = "file_not_written"
    sentence_ru = "Файл {path} не записан, прежний остался как был: {why}"
    sentence_en = "{path} was not written, what stood there is unchanged: {why}"

    path: str
    why: str


class ConfigUnreadable(Refusal):
    """The configuration file is not there, or is nothing that could be read as one."""

    code = "config_unreadable"
    sentence_ru = "Файл настроек {path} не прочитан: {why_ru}"
    sentence_en = "The configuration {path} was not read: {why_en}"

    path: str
    why_ru: str
    why_en: str


class ConfigRefused(Refusal):
    """A line of the configuration that bash would not accept, would run, or whose value is out of its limits.

    The reason never quotes a value: it may be a password.
    """

    code = "config_refused"
    sentence_ru = "{path}, строка {line}: {why_ru}"
    sentence_en = "{path}, line {line}: {why_en}"

    path: str
    line: int
    why_ru: str
    why_en: str


class SettingRefused(Refusal):
    """A setting cannot have that value, or there can be no such setting; nothing was written."""

    code = "setting_refused"
    sentence_ru = "{key}: {why_ru}"
    sentence_en = "{key}: {why_en}"

    key: str
    why_ru: str
    why_en: str


class ConfigChangedMeanwhile(Refusal):
    """Somebody changed the file since whoever changes it now has looked at it; nothing was written."""

    code = "config_changed_meanwhile"
    sentence_ru = "Файл {path} тем временем изменили: посмотрите, что в нём теперь"
    sentence_en = "{path} was changed meanwhile: look at what it says now"

    path: str


class HomeBusy(Refusal):
    """Another netledger runs on this home."""

    code = "home_busy"
    sentence_ru = "На {path} уже работает netledger: процесс {pid}, адрес {address}"
    sentence_en = "netledger already runs on {path}: process {pid}, address {address}"

    path: str
    pid: int
    address: str


class PostgresMissing(Refusal):
    """A program that the embedded PostgreSQL needs is not installed."""

    code = "postgres_missing"
    sentence_ru = "Для встроенного PostgreSQL не хватает программы {program}: установите {package}"
    sentence_en = "The embedded PostgreSQL needs {program}: install {package}"

    program: str
    package: str


class PostgresNeedsUser(Refusal):
    """Started by root, and neither a user namespace nor another user is to be had for PostgreSQL."""

    code = "postgres_needs_user"
    sentence_ru = (
        "PostgreSQL не работает от root, система не даёт ему другого пользователя, а папка {closed_folder} "
        "закрыта для остальных: запустите netledger обычным пользователем, указав его папку через --home"
    )
    sentence_en = (
        "PostgreSQL does not run as root, this system allows it no other user, and {closed_folder} is closed "
        "to others: start netledger as an ordinary user, with a folder of that user in --home"
    )

    closed_folder: str


class ClusterForeign(Refusal):
    """The cluster belongs to another user of the machine."""

    code = "cluster_foreign"
    sentence_ru = "База {path} принадлежит пользователю {owner}: запустите netledger от него"
    sentence_en = "The database {path} belongs to the user {owner}: start netledger as that user"

    path: str
    owner: str


class ClusterBusy(Refusal):
    """A PostgreSQL that is not netledger's works in the cluster's folder, or one of its own does not end."""

    code = "cluster_busy"
    sentence_ru = "В {path} работает другой PostgreSQL ({program}, процесс {pid}): остановите его"
    sentence_en = "Another PostgreSQL works in {path} ({program}, process {pid}): stop it"

    path: str
    program: str
    pid: int


class ClusterVersion(Refusal):
    """The cluster was made by another major version of PostgreSQL."""

    code = "cluster_version"
    sentence_ru = "База {path} создана PostgreSQL {found}, а установлен PostgreSQL {needed}"
    sentence_en = "The database {path} was made by PostgreSQL {found}, and PostgreSQL {needed} is installed"

    path: str
    found: str
    needed: str


class DiskFull(Refusal):
    """There is no room for what PostgreSQL must write."""

    code = "disk_full"
    sentence_ru = "На диске, где лежит {path}, нет места"
    sentence_en = "The disk that holds {path} is full"

    path: str


class ClusterFailed(Refusal):
    """PostgreSQL was not made or did not start, for a reason that it gave itself."""

    code = "cluster_failed"
    sentence_ru = "PostgreSQL в {path} не запустился: {why}"
    sentence_en = "PostgreSQL in {path} did not start: {why}"

    path: str
    why: str


class DatabaseAddressWrong(Refusal):
    """An environment variable that names the database is missing, or cannot be read; it is not quoted."""

    code = "database_address_wrong"
    sentence_ru = "Переменная {variable} должна содержать адрес базы: postgresql://…"
    sentence_en = "The variable {variable} must hold the database's address: postgresql://…"

    variable: str


class SecretKeyMissing(Refusal):
    """The database is there and the keys of its secrets are not."""

    code = "secret_key_missing"
    sentence_ru = "Нет файла ключей {path}: верните его из копии, без него не прочесть сохранённые секреты"
    sentence_en = (
        "There are no keys in {path}: put the file back from a copy, stored secrets cannot be read without it"
    )

    path: str


class SecretKeyUnreadable(Refusal):
    """The key file is there, and we may not or cannot read it."""

    code = "secret_key_unreadable"
    sentence_ru = "Файл ключей {path} не читается: {why}"
    sentence_en = "The file of keys {path} cannot be read: {why}"

    path: str
    why: str


class SecretKeyWrong(Refusal):
    """A line of the key file is not a key."""

    code = "secret_key_wrong"
    sentence_ru = "{path}, строка {line}: это не ключ"
    sentence_en = "{path}, line {line}: this is not a key"

    path: str
    line: int


class SecretUnreadable(Refusal):
    """A stored secret was encrypted with none of the keys at hand."""

    code = "secret_unreadable"
    sentence_ru = "Сохранённый секрет не зашифрован ни одним из ключей файла {path}"
    sentence_en = "A stored secret was encrypted with none of the keys in {path}"

    path: str


class SettingNotSet(Refusal):
    """The configuration has no such key, and netledger no value of its own for it."""

    code = "setting_not_set"
    sentence_ru = "{key} в настройках не задан"
    sentence_en = "{key} is not set in the configuration"

    key: str
