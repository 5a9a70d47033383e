"""Who holds a contract, in which group, and by which names he is found."""

from django.db import models
from django.db.models import Q

from netledger.ledger.models import Account


class Group(models.Model):
    """A folder of subscribers: a town, a street, a house. Draws its id from the same sequence as subscribers."""

    id = models.BigIntegerField(primary_key=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    name = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="group_name_once_below_a_parent", fields=["parent", "name"], nulls_distinct=False
            ),
            models.CheckConstraint(name="a_group_is_not_its_own_parent", condition=~Q(parent=models.F("id"))),
        ]


class Subscriber(models.Model):
    """A contract with a person or a company, and the account that belongs to it.

    Name, addresses, phone, e-mail and tax numbers are personal and stand only here, where they can be blanked.
    """

    id = models.BigIntegerField(primary_key=True)
    contract_number = models.TextField(help_text="text, compared as text: 0010245 is not 10245")
    name = models.TextField()
    group = models.ForeignKey(Group, models.PROTECT, related_name="subscribers", db_index=False)
    account = models.OneToOneField(Account, models.PROTECT, related_name="subscriber")
    street = models.TextField(blank=True)
    house = models.TextField(blank=True)
    flat = models.TextField(blank=True)
    phone = models.TextField(blank=True)
    email = models.TextField(blank=True)
    is_company = models.BooleanField(db_default=False, help_text="a company, not a natural person")
    inn = models.TextField(blank=True, db_default="", help_text="the tax number (ИНН)")
    kpp = models.TextField(blank=True, db_default="", help_text="a company's tax registration (КПП)")
    legal_address = models.TextField(blank=True, db_default="")
    actual_address = models.TextField(blank=True, db_default="")
    onec_code = models.TextField(null=True, help_text="what 1C calls him; text: 000000123 is not 123")
    made_by_onec = models.BooleanField(db_default=False, help_text="the contract came from 1C")
    onec_synced_at = models.DateTimeField(null=True, help_text="since when 1C has him, as it told us")
    created_at = models.DateTimeField()
    activated_at = models.DateTimeField(null=True, help_text="when the first subscription began")
    closed_at = models.DateTimeField(null=True, help_text="closed contracts keep their history")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="contract_number_once", fields=["contract_number"]),
            models.UniqueConstraint(name="onec_code_once", fields=["onec_code"]),
            models.CheckConstraint(name="a_onec_code_is_not_empty", condition=~Q(onec_code="")),
            models.CheckConstraint(
                name="whom_onec_has_has_a_code",
                condition=Q(onec_synced_at__isnull=True, made_by_onec=False) | Q(onec_code__isnull=False),
            ),
        ]
        indexes = [models.Index(name="subscribers_of_a_group", fields=["group", "id"])]


class Identifier(models.Model):
    """A name that a subscriber is found by: contract numbers and logins are one name space.

    The key is the name after NFC and case folding; so a login cannot be another's contract number.
    """

    key = models.TextField(primary_key=True)
    subscriber = models.ForeignKey(Subscriber, models.PROTECT, related_name="identifiers")
    is_contract = models.BooleanField()
    is_login = models.BooleanField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_identifier_is_a_contract_or_a_login",
                condition=Q(is_contract=True) | Q(is_login=True),
            ),
        ]


class ContractCounter(models.Model):
    """Where the numbers of contracts that netledger numbers itself have got to, one row; locked while it moves."""

    is_only = models.BooleanField(primary_key=True, default=True)
    next_number = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(name="one_contract_counter_only", condition=Q(is_only=True))]
