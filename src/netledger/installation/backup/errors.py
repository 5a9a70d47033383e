"""What backing up and restoring refuse."""

from netledger.errors import Refusal


class DatabaseExternal(Refusal):
    """The database is the provider's own, and so are its backups."""

    code = "database_external"
    sentence_ru = (
        "База данных своя (DATABASE_URL): копируйте и восстанавливайте её средствами её сервера, например pgBackRest; "
        "netledger делает это только со встроенной"
    )
    sentence_en = (
        "The database is the provider's own (DATABASE_URL): back it up and restore it with its server's tools, "
        "as pgBackRest; netledger does so with the embedded one only"
    )


class BackupFolderUnusable(Refusal):
    """The folder of backups is not there, or the system lets nobody write in it."""

    code = "backup_folder_unusable"
    sentence_ru = "Папкой копий {folder} пользоваться нельзя: {why}"
    sentence_en = "The folder of backups {folder} cannot be used: {why}"

    folder: str
    why: str


class BackupUnderWay(Refusal):
    """Another backup is being made in that folder."""

    code = "backup_under_way"
    sentence_ru = "В {folder} уже делается резервная копия"
    sentence_en = "Another backup is being made in {folder}"

    folder: str


class BackupFailed(Refusal):
    """The base backup was not made, for a reason that PostgreSQL's program gave; nothing of it is left."""

    code = "backup_failed"
    sentence_ru = "Резервная копия не сделана: {why}"
    sentence_en = "The backup was not made: {why}"

    why: str


class BackupDamaged(Refusal):
    """A file of a base backup is not as it was written."""

    code = "backup_damaged"
    sentence_ru = "Резервная копия {path} повреждена: {why}"
    sentence_en = "The backup {path} is damaged: {why}"

    path: str
    why: str


class BackupMissing(Refusal):
    """There is no whole backup in that folder."""

    code = "backup_missing"
    sentence_ru = "В {folder} нет ни одной целой резервной копии"
    sentence_en = "There is no whole backup in {folder}"

    folder: str


class BackupVersion(Refusal):
    """The backup is of another major version of PostgreSQL."""

    code = "backup_version"
    sentence_ru = "Копия {path} сделана с PostgreSQL {found}, а установлен PostgreSQL {needed}"
    sentence_en = "The backup {path} is of PostgreSQL {found}, and PostgreSQL {needed} is installed"

    path: str
    found: str
    needed: str


class MomentNotCovered(Refusal):
    """The moment is before or after all that was kept."""

    code = "moment_not_covered"
    sentence_ru = "К моменту {moment} вернуться нельзя: можно от {earliest} до {latest}"
    sentence_en = "It is impossible to go back to {moment}: possible is from {earliest} to {latest}"

    moment: str
    earliest: str
    latest: str


class WalMissing(Refusal):
    """A segment of the WAL between the backup and the moment is not there."""

    code = "wal_missing"
    sentence_ru = (
        "К моменту {moment} вернуться нельзя: нет файла журнала {segment}; можно от {earliest} до {latest}"
    )
    sentence_en = (
        "It is impossible to go back to {moment}: the WAL file {segment} is missing; "
        "possible is from {earliest} to {latest}"
    )

    moment: str
    segment: str
    earliest: str
    latest: str


class BackupKeyNeeded(Refusal):
    """The backup was made without the keys of stored secrets, and the home has not those of then."""

    code = "backup_key_needed"
    sentence_ru = (
        "В копии нет ключа секретов: положите его в {path}. При копировании он лежал в {was_at}, "
        "отпечаток {fingerprint}"
    )
    sentence_en = (
        "The backup is without the key of secrets: put it in {path}. When the backup was made it was {was_at}, "
        "its fingerprint {fingerprint}"
    )

    path: str
    was_at: str
    fingerprint: str


class RestoreFailed(Refusal):
    """PostgreSQL could not be brought to the moment; what was there before is untouched."""

    code = "restore_failed"
    sentence_ru = "Восстановить не удалось, прежняя база на месте: {why}"
    sentence_en = "The restore failed, the database of before is in its place: {why}"

    why: str


class RoomMissing(Refusal):
    """The disk of the home has no room for a second database, which stands beside the present one for a while."""

    code = "room_missing"
    sentence_ru = "На диске, где лежит {path}, нужно {needed_mib} МиБ, а свободно {free_mib}"
    sentence_en = "The disk that holds {path} needs {needed_mib} MiB free, and has {free_mib}"

    path: str
    needed_mib: int
    free_mib: int


class RestoredUnsound(Refusal):
    """What was restored does not pass `netledger check`; what was there before is untouched."""

    code = "restored_unsound"
    sentence_ru = "В восстановленной базе сверка нашла расхождений: {count}; прежняя база на месте"
    sentence_en = (
        "The check of the restored database found {count} difference(s); the one of before is in its place"
    )

    count: int
