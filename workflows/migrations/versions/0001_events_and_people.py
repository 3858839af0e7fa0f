"""The event chain, people, bodies and who holds what."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workflows.migrations.immutable import make_immutable

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _events()
    _persons()
    _bodies()
    _roles()
    make_immutable("styr_event")


def _events() -> None:
    op.create_table(
        "styr_event",
        sa.Column("tenant", sa.String(length=32), nullable=False),
        sa.Column("stream", sa.String(length=32), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("verb", sa.String(length=64), nullable=False),
        sa.Column("actor", sa.String(length=32), nullable=True),
        sa.Column("on_behalf_of", sa.String(length=120), nullable=True),
        sa.Column("request_id", sa.String(length=64), nullable=True),
        sa.Column("bundle", sa.String(length=64), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=True),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "stream", "seq", name=op.f("pk_styr_event")),
        sa.UniqueConstraint("tenant", "request_id", name=op.f("uq_styr_event_tenant_request_id")),
    )
    op.create_table(
        "styr_stream",
        sa.Column("tenant", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_styr_stream")),
    )


def _persons() -> None:
    op.create_table(
        "styr_person",
        sa.Column("tenant", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("email_key", sa.String(length=254), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("department", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=50), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("sort_key", sa.String(length=400), nullable=False),
        sa.Column("search_text", sa.String(length=1000), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_styr_person")),
        sa.UniqueConstraint("tenant", "email_key", name=op.f("uq_styr_person_tenant_email_key")),
    )
    op.create_index("ix_styr_person_tenant_sort_key", "styr_person", ["tenant", "sort_key", "id"], unique=False)
    op.create_table(
        "styr_credential",
        sa.Column("tenant", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("session_version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant", "person"],
            ["styr_person.tenant", "styr_person.id"],
            name=op.f("fk_styr_credential_tenant_person"),
        ),
        sa.PrimaryKeyConstraint("tenant", "person", name=op.f("pk_styr_credential")),
    )
    op.create_table(
        "styr_password_link",
        sa.Column("tenant", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant", "person"],
            ["styr_person.tenant", "styr_person.id"],
            name=op.f("fk_styr_password_link_tenant_person"),
        ),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_styr_password_link")),
    )
    op.create_index("ix_styr_password_link_tenant_person", "styr_password_link", ["tenant", "person"], unique=False)


def _bodies() -> None:
    op.create_table(
        "styr_body",
        sa.Column("tenant", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("sort_key", sa.String(length=400), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("quorum_rule", sa.String(length=20), nullable=False),
        sa.Column("quorum_count", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("(quorum_rule = 'count') = (quorum_count IS NOT NULL)", name=op.f("ck_styr_body_quorum")),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_styr_body")),
    )
    op.create_index("ix_styr_body_tenant_sort_key", "styr_body", ["tenant", "sort_key", "id"], unique=False)
    op.create_table(
        "styr_seat",
        sa.Column("tenant", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("body", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant", "body"], ["styr_body.tenant", "styr_body.id"], name=op.f("fk_styr_seat_tenant_body")
        ),
        sa.ForeignKeyConstraint(
            ["tenant", "person"], ["styr_person.tenant", "styr_person.id"], name=op.f("fk_styr_seat_tenant_person")
        ),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_styr_seat")),
    )
    op.create_index("ix_styr_seat_tenant_body", "styr_seat", ["tenant", "body"], unique=False)
    op.create_index("ix_styr_seat_tenant_person", "styr_seat", ["tenant", "person"], unique=False)


def _roles() -> None:
    op.create_table(
        "styr_holder",
        sa.Column("tenant", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("scope", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=True),
        sa.Column("body", sa.String(length=32), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("replaced_by", sa.String(length=32), nullable=True),
        sa.CheckConstraint("(person IS NULL) <> (body IS NULL)", name=op.f("ck_styr_holder_one_kind")),
        sa.ForeignKeyConstraint(
            ["tenant", "body"], ["styr_body.tenant", "styr_body.id"], name=op.f("fk_styr_holder_tenant_body")
        ),
        sa.ForeignKeyConstraint(
            ["tenant", "person"], ["styr_person.tenant", "styr_person.id"], name=op.f("fk_styr_holder_tenant_person")
        ),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_styr_holder")),
    )
    op.create_index("ix_styr_holder_tenant_body", "styr_holder", ["tenant", "body"], unique=False)
    op.create_index("ix_styr_holder_tenant_person", "styr_holder", ["tenant", "person"], unique=False)
    op.create_index("ix_styr_holder_tenant_scope_role", "styr_holder", ["tenant", "scope", "role"], unique=False)
    op.create_table(
        "styr_deputy",
        sa.Column("tenant", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("scope", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("legal_source", sa.String(length=500), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "person"], ["styr_person.tenant", "styr_person.id"], name=op.f("fk_styr_deputy_tenant_person")
        ),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_styr_deputy")),
    )
    op.create_index("ix_styr_deputy_tenant_person", "styr_deputy", ["tenant", "person"], unique=False)
    op.create_index("ix_styr_deputy_tenant_scope_role", "styr_deputy", ["tenant", "scope", "role"], unique=False)
    op.create_table(
        "styr_membership",
        sa.Column("tenant", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("principal", sa.String(length=120), nullable=False),
        sa.Column("via", sa.String(length=48), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("scope", sa.String(length=64), nullable=True),
        sa.Column("on_behalf_of", sa.String(length=120), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant", "person"],
            ["styr_person.tenant", "styr_person.id"],
            name=op.f("fk_styr_membership_tenant_person"),
        ),
        sa.PrimaryKeyConstraint("tenant", "person", "principal", "via", "valid_from", name=op.f("pk_styr_membership")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_styr_membership_tenant_principal", "styr_membership", ["tenant", "principal"], unique=False)
    op.create_index("ix_styr_membership_tenant_scope", "styr_membership", ["tenant", "scope"], unique=False)
