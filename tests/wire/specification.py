"""The calls of the specification by its headings and numbers, copied from it letter by letter."""

# ruff: noqa: E501 - a call of the specification is not folded

CALLS = {
    "Примеры запросов, 1": """<ип адрес>:8082/system_api/?model=Abonents&method1=collector_manager.users_negbal&arg1={"nas_ip":"<ип адрес Nas>"}&context=collector&psw=<пароль>""",
    "Примеры запросов, 2": """<ип адрес>:8082/system_api/?model=Abonents&method1=collector_manager.users_blocked&arg1={"nas_ip":"<ип адрес Nas>"}&context=collector&psw=<пароль>""",
    "Примеры запросов, 3": """<ип адрес>:8082/system_api/?model=Abonents&method1=collector_manager.users_logged&arg1={"nas_ip":"<ип адрес Nas>"}&context=collector&psw=<пароль>""",
    "API платежных систем, 1": """<ип адрес>:8082/system_api/?model=Abonents&method1=asr_fiscal_manager.act_pay&arg1={"contract_number":"<номер договора, логин или ип адрес>","sum_in":"<сумма платежа>","pay_operator":"<код платежного оператора>","pay_id_str":"<уникальный ид платежа со стороны платежной системы>","act":"PAY"}&context=asr_fiscal&psw=<пароль>""",
    "API 1С, 1": """<ип адрес>:8082/system_api/?model=Abonents&method1=api_1c_manager.api_1c_get_abonents&arg1={"parent_id":"<ид родительской группы>"}&context=api_1c&psw=<пароль>""",
    "API 1С, 2": """<ип адрес>:8082/system_api/?model=FinanceOperations&method1=api_1c_manager.api_1c_get_fin_detail&arg1={"op_id":"<ид финансовой операции>"}&context=api_1c&psw=<пароль>""",
    "API 1С, 3": """<ип адрес>:8082/system_api/?model=Abonents&method1=api_1c_manager.api_1c_create_abonent&arg1={"code1c":"<Код 1С>","name":"<Имя абонента>"}&context=api_1c&psw=<пароль>""",
    "API личного кабинета, 1": """http://<ip billing>:8082/system_api/?format=json&context=web&model=users&method1=web_cabinet.login&arg1={"login":"<логин уч. записи>","passwd":"<пароль уч. записи>"}&""",
    "API личного кабинета, 2": """http://<ip billing>:8082/system_api/?format=json&context=web&model=users&method1=web_cabinet.try_auto_login&arg1={"src_ip":"<ваш ip>"}&""",
    "API личного кабинета, 3": """http://<ip billing>:8082/system_api/?format=json&context=web&model=users&method1=web_cabinet.user_info&arg1={"suid":"<session_id>"}&""",
}
