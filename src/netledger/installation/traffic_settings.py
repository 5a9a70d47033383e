"""The settings that bound what callers may ask for, and say where and how the service tells of itself."""

from typing import Annotated

from msgspec import Meta

from netledger.installation.declarations import said
from netledger.installation.setting_values import read_optional_listen, read_whole_number

MetricsListen = Annotated[
    str,
    Meta(
        extra=said(
            "metrics.listen",
            "Адрес и порт показателей для Prometheus (путь /metrics); пусто: не показывать. "
            "Действует с запуска, а не с перезапуска",
            "The address and port of the metrics for Prometheus (path /metrics); empty: none. "
            "Takes effect at a start, not at a restart",
            read_optional_listen,
        ),
    ),
]
CallsMax = Annotated[
    int,
    Meta(
        ge=0,
        le=1_000_000,
        extra=said(
            "api.calls_a_second_max",
            "Сколько запросов в секунду с одного адреса в одном контексте принимается подолгу; "
            "запас на минуту вперёд можно истратить сразу, дальше ответ 429; 0: без ограничения",
            "How many calls a second of one address in one context are taken for long; what a minute allows "
            "may come at once, after it the answer is 429; 0: no limit",
            read_whole_number,
        ),
    ),
]
ListsMax = Annotated[
    int,
    Meta(
        ge=1,
        le=10_000,
        extra=said(
            "api.lists_max",
            "Сколько длинных списков может готовиться и отдаваться одновременно; одному адресу — половина из них "
            "(сверх неё ответ 429), на лишний ответ 503",
            "How many long lists may be read and sent at once; one address has half of them "
            "(beyond it 429), one more than all is answered 503",
            read_whole_number,
        ),
    ),
]
StatementTimeMax = Annotated[
    int,
    Meta(
        ge=1,
        le=3600,
        extra=said(
            "api.statement_time_max_s",
            "Сколько может выполняться одна команда базы по запросу извне; дольше — ответ 503",
            "How long one statement of the database may run for a request; longer is answered 503",
            read_whole_number,
            unit=("с", "s"),
        ),
    ),
]
SlowStatement = Annotated[
    int,
    Meta(
        ge=1,
        le=3_600_000,
        extra=said(
            "log.slow_statement_ms",
            "Команды базы, которые длятся столько и дольше, называются в журнале",
            "Statements of the database that take so long or longer are named in the log",
            read_whole_number,
            unit=("мс", "ms"),
        ),
    ),
]
