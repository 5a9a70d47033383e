-- Keeps an address on a NAS to this transaction: who looks whether it is free, and then takes it, is alone.
SELECT pg_advisory_xact_lock(
           hashtextextended(concat_ws(' ', 'network_address', %(nas_id)s::bigint, %(address)s::inet), 0))
