"""The migrations make the tables that the models describe."""

import pytest
from django.apps import apps
from django.db import models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState
from django.utils import translation


def _unmigrated(state: ProjectState) -> list[str]:
    """What makemigrations would write to bring the migrations to that state; it needs no database."""
    loader = MigrationLoader(None)
    with translation.override(None):  # Django's own apps name their fields in the reader's language
        changes = MigrationAutodetector(loader.project_state(), state).changes(graph=loader.graph)
    return [
        f"{room}: {operation.describe()}"
        for room, migrations in changes.items()
        for migration in migrations
        for operation in migration.operations
    ]


def test_makemigrations_finds_nothing_to_do() -> None:
    left = _unmigrated(ProjectState.from_apps(apps))

    if left:
        pytest.fail("migrations are behind the models\n" + "\n".join(left), pytrace=False)


def test_every_room_with_models_has_migrations() -> None:
    """The autodetector passes over a room without a folder of migrations: nothing would be found there."""
    rooms = {model._meta.app_label for model in apps.get_models()}

    assert rooms <= MigrationLoader(None).migrated_apps


def test_a_model_without_a_migration_is_found() -> None:
    state = ProjectState.from_apps(apps)
    state.add_model(ModelState("ledger", "Planted", [("id", models.BigAutoField(primary_key=True))]))

    assert "ledger: Create model Planted" in _unmigrated(state)
