"""The calls of the specification, copied from it letter by letter, and what is put into their placeholders.

The keys are its headings and numbers. Only what it writes in angle brackets is filled in.
"""

# ruff: noqa: E501 - a call of the specification is not folded

import re
from collections.abc import Mapping

LISTS = {
    "negbal": """<ип адрес>:8082/system_api/?model=Abonents&method1=collector_manager.users_negbal&arg1={"nas_ip":"<ип адрес Nas>"}&context=collector&psw=<пароль>""",
    "blocked": """<ип адрес>:8082/system_api/?model=Abonents&method1=collector_manager.users_blocked&arg1={"nas_ip":"<ип адрес Nas>"}&context=collector&psw=<пароль>""",
    "logged": """<ип адрес>:8082/system_api/?model=Abonents&method1=collector_manager.users_logged&arg1={"nas_ip":"<ип адрес Nas>"}&context=collector&psw=<пароль>""",
}
"""«Примеры запросов» 1 to 3."""

LINE = "%(ip)s %(login)s %(snatip)s %(mac)s %(logged)s %(negbal)s %(blocked)s %(rate_in)s %(ceil_in)s %(burst_in)s  %(rate_out)s %(ceil_out)s %(burst_out)s %(nas_ip)s %(cburst_in)s %(cburst_out)s"
"""«Ответ у всех 3 запросов в виде текста где в каждой строке»."""

PAY = """<ип адрес>:8082/system_api/?model=Abonents&method1=asr_fiscal_manager.act_pay&arg1={"contract_number":"<номер договора, логин или ип адрес>","sum_in":"<сумма платежа>","pay_operator":"<код платежного оператора>","pay_id_str":"<уникальный ид платежа со стороны платежной системы>","act":"PAY"}&context=asr_fiscal&psw=<пароль>"""
"""«API платежных систем» 1."""

ONEC = {
    "api_1c_get_abonents": """<ип адрес>:8082/system_api/?model=Abonents&method1=api_1c_manager.api_1c_get_abonents&arg1={"parent_id":"<ид родительской группы>"}&context=api_1c&psw=<пароль>""",
    "api_1c_get_fin_detail": """<ип адрес>:8082/system_api/?model=FinanceOperations&method1=api_1c_manager.api_1c_get_fin_detail&arg1={"op_id":"<ид финансовой операции>"}&context=api_1c&psw=<пароль>""",
    "api_1c_create_abonent": """<ип адрес>:8082/system_api/?model=Abonents&method1=api_1c_manager.api_1c_create_abonent&arg1={"code1c":"<Код 1С>","name":"<Имя абонента>"}&context=api_1c&psw=<пароль>""",
}
"""«API 1С» 1 to 3."""

CABINET = {
    "login": """http://<ip billing>:8082/system_api/?format=json&context=web&model=users&method1=web_cabinet.login&arg1={"login":"<логин уч. записи>","passwd":"<пароль уч. записи>"}&""",
    "try_auto_login": """http://<ip billing>:8082/system_api/?format=json&context=web&model=users&method1=web_cabinet.try_auto_login&arg1={"src_ip":"<ваш ip>"}&""",
    "user_info": """http://<ip billing>:8082/system_api/?format=json&context=web&model=users&method1=web_cabinet.user_info&arg1={"suid":"<session_id>"}&""",
}
"""«API личного кабинета» 1 to 3."""

NOT_DEFINED = (
    "Context=asr_fiscal is not defined",
    "Context=asr_cabinet is not defined",
    "Context=collector is not defined",
)
"""The three examples of «Ошибка Context=$x is not defined»."""

CONTEXTS = "web cabinet collector api_1c base webcash asr_fiscal"
"""The value of network['api.context'] in its cure."""

PLACEHOLDER = re.compile(r"<([^>]+)>")
HOST = re.compile(r"(http://)?<[^>]+>:8082")


def target_of(written: str, filled: Mapping[str, str]) -> bytes:
    """What a client sends for a URL that is written so, its placeholders filled: raw, as it stands."""
    path = HOST.sub("", written, count=1)
    return PLACEHOLDER.sub(lambda found: filled[found[1]], path).encode()


def query_in(target: bytes) -> bytes:
    """The query of a target."""
    return target.partition(b"?")[2]
