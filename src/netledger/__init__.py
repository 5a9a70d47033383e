"""netledger: billing for internet providers that speaks Carbon Billing 5's System API."""
