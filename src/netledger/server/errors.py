"""What starting and restarting refuses."""

from netledger.errors import Refusal


class ListenAddressTaken(Refusal):
    """Another program listens there."""

    code = "address_taken"
    sentence_ru = "Адрес {address} занят другой программой: освободите его или укажите --listen АДРЕС:ПОРТ"
    sentence_en = "Another program listens at {address}: stop it, or give --listen ADDRESS:PORT"

    address: str


class ListenAddressUnusable(Refusal):
    """The system does not let us listen there."""

    code = "address_unusable"
    sentence_ru = "На адресе {address} нельзя слушать: {why}"
    sentence_en = "It is impossible to listen at {address}: {why}"

    address: str
    why: str


class ListenWrong(Refusal):
    """What was given as --listen is no address and port."""

    code = "listen_wrong"
    sentence_ru = "--listen: {why_ru}"
    sentence_en = "--listen: {why_en}"

    why_ru: str
    why_en: str


class ChildFailed(Refusal):
    """A process of netledger ended before it had done its part."""

    code = "child_failed"
    sentence_ru = "Процесс «{program}» не справился; подробности в {log}"
    sentence_en = 'The process "{program}" failed; see {log}'

    program: str
    log: str


class NotReady(Refusal):
    """All processes run, and the service does not say that it is ready."""

    code = "not_ready"
    sentence_ru = "netledger запущен, но не готов отвечать; подробности в {log}"
    sentence_en = "netledger runs and is not ready to answer; see {log}"

    log: str


class DatabaseNewer(Refusal):
    """The database was used by a later netledger, whose tables this one does not know."""

    code = "database_newer"
    sentence_ru = (
        "База создана более новым netledger (миграция {migration}): поставьте его или верните копию базы"
    )
    sentence_en = (
        "A later netledger used this database (migration {migration}): install that, or restore a copy"
    )

    migration: str


class DatabaseUnreachable(Refusal):
    """The database does not answer."""

    code = "database_unreachable"
    sentence_ru = "База данных не отвечает: {why}"
    sentence_en = "The database does not answer: {why}"

    why: str


class NotRunning(Refusal):
    """Nothing runs on that home."""

    code = "not_running"
    sentence_ru = "На {path} netledger не работает"
    sentence_en = "netledger does not run on {path}"

    path: str


class RestartRefused(Refusal):
    """The running service could not take its new settings, and goes on with the old ones."""

    code = "restart_refused"
    sentence_ru = "Перезапуск не удался, служба работает с прежними настройками: {why_ru}"
    sentence_en = "The restart failed, the service goes on with its old settings: {why_en}"

    why_ru: str
    why_en: str


class ServiceSilent(Refusal):
    """The running service did not do in time what it was asked for."""

    code = "service_silent"
    sentence_ru = "Служба (процесс {pid}) не ответила за {waited_s} с"
    sentence_en = "The service (process {pid}) did not answer within {waited_s} s"

    pid: int
    waited_s: int
