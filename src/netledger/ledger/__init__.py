"""Accounts, transfers, amounts: money and nothing else."""
