"""Each test starts netledger as a user does, speaks to it over a raw socket and stops it with a real signal.

What the specification says, in its order, and where it is shown:

- «Список IP для которых разрешено подключаться к системному API»: test_the_context_error_and_its_cure.py,
  test_the_caller_behind_a_proxy.py
- «Узнать пароль для конкретного контекста в … cfg/config»: test_the_context_error_and_its_cure.py
- «Примеры запросов» 1 to 3 and their line: test_the_specifications_urls.py, test_a_router_reads_its_lists.py,
  test_a_list_and_who_does_not_read_it.py, test_what_time_alone_brings.py
- «Провести платеж абоненту»: test_the_specifications_urls.py, test_a_payment_over_the_wire.py,
  test_a_payment_looked_at_and_taken_back.py
- «API 1С»: test_the_specifications_urls.py, test_a_month_with_1c.py
- «API личного кабинета»: test_the_specifications_urls.py, test_the_cabinets_of_others_run_unchanged.py
- «Ошибка Context=$x is not defined» and its cure: test_the_context_error_and_its_cure.py

However a client writes a call: test_however_a_client_writes_a_call.py. What is typed and pasted beside the calls:
test_what_a_provider_types.py, test_what_is_pasted_into_a_shell.py.
"""
