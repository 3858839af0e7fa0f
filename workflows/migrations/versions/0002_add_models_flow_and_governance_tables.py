"""Add models, flow and governance tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workflows.migrations.immutable import make_immutable

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "styr_bundle",
        sa.Column("tenant", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("model", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=False),
        sa.Column("published_by", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("tenant", "digest", name=op.f("pk_styr_bundle")),
        sa.UniqueConstraint("tenant", "model", "version", name=op.f("uq_styr_bundle_tenant_model_version")),
    )
    op.create_table(
        "styr_draft",
        sa.Column("tenant", sa.String(length=32), nullable=False),
        sa.Column("task", sa.String(length=32), nullable=False),
        sa.Column("answers", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.BigInteger(), nullable=False),
        sa.Column("saved_by", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "task", name=op.f("pk_styr_draft")),
    )
    op.create_table(
        "styr_mail",
        sa.Column("tenant", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("recipient", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "key", name=op.f("pk_styr_mail")),
    )
    op.create_table(
        "styr_project_number",
        sa.Column("tenant", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "year", name=op.f("pk_styr_project_number")),
    )
    op.create_table(
        "styr_setting",
        sa.Column("tenant", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "key", "valid_from", name=op.f("pk_styr_setting")),
    )
    op.create_table(
        "styr_task_principal",
        sa.Column("tenant", sa.String(length=32), nullable=False),
        sa.Column("principal", sa.String(length=120), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("task", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "principal", "due_at", "task", name=op.f("pk_styr_task_principal")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_styr_task_principal_task", "styr_task_principal", ["tenant", "task"], unique=False)
    op.create_table(
        "styr_instance",
        sa.Column("tenant", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("bundle", sa.String(length=64), nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("open_tasks", sa.LargeBinary(), nullable=False),
        sa.Column("has_timers", sa.Boolean(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(length=64), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("held_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant", "bundle"],
            ["styr_bundle.tenant", "styr_bundle.digest"],
            name=op.f("fk_styr_instance_tenant_bundle"),
        ),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_styr_instance")),
    )
    op.create_index("ix_styr_instance_subject", "styr_instance", ["tenant", "subject"], unique=False)
    op.create_table(
        "styr_project",
        sa.Column("tenant", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("instance", sa.String(length=32), nullable=False),
        sa.Column("bundle", sa.String(length=64), nullable=False),
        sa.Column("model", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("department", sa.String(length=120), nullable=False),
        sa.Column("registry_number", sa.String(length=60), nullable=True),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("phase", sa.String(length=40), nullable=True),
        sa.Column("gate", sa.String(length=40), nullable=True),
        sa.Column("size_class", sa.String(length=8), nullable=False),
        sa.Column("total_cost", sa.Numeric(precision=16, scale=2), nullable=False),
        sa.Column("external_funding", sa.Boolean(), nullable=False),
        sa.Column("cross_board", sa.Boolean(), nullable=False),
        sa.Column("principle_matter", sa.Boolean(), nullable=False),
        sa.Column("light", sa.String(length=8), nullable=True),
        sa.Column("records", sa.Integer(), nullable=False),
        sa.Column("registers", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("resume_on", sa.Date(), nullable=True),
        sa.Column("resume_task", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant", "instance"],
            ["styr_instance.tenant", "styr_instance.id"],
            name=op.f("fk_styr_project_tenant_instance"),
        ),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_styr_project")),
        sa.UniqueConstraint("tenant", "number", name=op.f("uq_styr_project_tenant_number")),
    )
    op.create_index("ix_styr_project_status", "styr_project", ["tenant", "status"], unique=False)
    op.create_table(
        "styr_submission",
        sa.Column("tenant", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("instance", sa.String(length=32), nullable=False),
        sa.Column("task", sa.String(length=32), nullable=False),
        sa.Column("node", sa.String(length=80), nullable=False),
        sa.Column("item", sa.String(length=80), nullable=True),
        sa.Column("form", sa.String(length=60), nullable=False),
        sa.Column("bundle", sa.String(length=64), nullable=False),
        sa.Column("answers", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.String(length=32), nullable=False),
        sa.Column("on_behalf_of", sa.String(length=120), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant", "instance"],
            ["styr_instance.tenant", "styr_instance.id"],
            name=op.f("fk_styr_submission_tenant_instance"),
        ),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_styr_submission")),
    )
    op.create_index("ix_styr_submission_form", "styr_submission", ["tenant", "instance", "form", "at"], unique=False)
    op.create_table(
        "styr_task",
        sa.Column("tenant", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("instance", sa.String(length=32), nullable=False),
        sa.Column("origin", sa.String(length=8), nullable=False),
        sa.Column("node", sa.String(length=80), nullable=False),
        sa.Column("place", sa.String(length=400), nullable=False),
        sa.Column("items", sa.LargeBinary(), nullable=False),
        sa.Column("gate", sa.String(length=40), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("form", sa.String(length=60), nullable=True),
        sa.Column("role", sa.String(length=40), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("search", sa.String(length=420), nullable=False),
        sa.Column("sender", sa.String(length=32), nullable=True),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("remind_at", sa.BigInteger(), nullable=True),
        sa.Column("escalate_at", sa.BigInteger(), nullable=True),
        sa.Column("next_mark_at", sa.BigInteger(), nullable=True),
        sa.Column("reminded_at", sa.BigInteger(), nullable=True),
        sa.Column("escalated_at", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("closed_by", sa.String(length=32), nullable=True),
        sa.Column("request_id", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant", "instance"],
            ["styr_instance.tenant", "styr_instance.id"],
            name=op.f("fk_styr_task_tenant_instance"),
        ),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_styr_task")),
    )
    op.create_index("ix_styr_task_closed_by", "styr_task", ["tenant", "closed_by", "closed_at"], unique=False)
    op.create_index("ix_styr_task_instance", "styr_task", ["tenant", "instance", "status"], unique=False)
    op.create_index(
        "ix_styr_task_mark",
        "styr_task",
        ["tenant", "next_mark_at"],
        unique=False,
        sqlite_where=sa.text("status = 'open'"),
        postgresql_where=sa.text("status = 'open'"),
    )
    op.create_table(
        "styr_timer",
        sa.Column("tenant", sa.String(length=32), nullable=False),
        sa.Column("instance", sa.String(length=32), nullable=False),
        sa.Column("place", sa.String(length=400), nullable=False),
        sa.Column("node", sa.String(length=80), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "instance"],
            ["styr_instance.tenant", "styr_instance.id"],
            name=op.f("fk_styr_timer_tenant_instance"),
        ),
        sa.PrimaryKeyConstraint("tenant", "instance", "place", "node", name=op.f("pk_styr_timer")),
    )
    op.create_index("ix_styr_timer_due", "styr_timer", ["tenant", "at"], unique=False)
    op.create_table(
        "styr_condition",
        sa.Column("tenant", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("project", sa.String(length=32), nullable=False),
        sa.Column("decision", sa.String(length=32), nullable=False),
        sa.Column("gate", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(length=32), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("task", sa.String(length=32), nullable=False),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.Column("done_by", sa.String(length=32), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "project"],
            ["styr_project.tenant", "styr_project.id"],
            name=op.f("fk_styr_condition_tenant_project"),
        ),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_styr_condition")),
    )
    op.create_index("ix_styr_condition_project", "styr_condition", ["tenant", "project", "status"], unique=False)
    op.create_table(
        "styr_decision",
        sa.Column("tenant", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("project", sa.String(length=32), nullable=False),
        sa.Column("pack", sa.String(length=32), nullable=True),
        sa.Column("gate", sa.String(length=40), nullable=True),
        sa.Column("item", sa.String(length=80), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("task", sa.String(length=32), nullable=True),
        sa.Column("mode", sa.String(length=12), nullable=False),
        sa.Column("decider", sa.String(length=40), nullable=False),
        sa.Column("outcome", sa.String(length=24), nullable=False),
        sa.Column("target", sa.String(length=40), nullable=True),
        sa.Column("motivation", sa.Text(), nullable=False),
        sa.Column("legal_basis", sa.String(length=12), nullable=False),
        sa.Column("delegation_point", sa.String(length=120), nullable=True),
        sa.Column("detail", sa.LargeBinary(), nullable=False),
        sa.Column("registry_number", sa.String(length=80), nullable=False),
        sa.Column("publicity", sa.String(length=20), nullable=False),
        sa.Column("secrecy", sa.String(length=200), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("recorded_on", sa.BigInteger(), nullable=False),
        sa.Column("recorded_by", sa.String(length=32), nullable=False),
        sa.Column("on_behalf_of", sa.String(length=120), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "project"],
            ["styr_project.tenant", "styr_project.id"],
            name=op.f("fk_styr_decision_tenant_project"),
        ),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_styr_decision")),
    )
    op.create_index("ix_styr_decision_project", "styr_decision", ["tenant", "project", "recorded_on"], unique=False)
    op.create_table(
        "styr_document",
        sa.Column("tenant", sa.String(length=32), nullable=False),
        sa.Column("project", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("item", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("submission", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("registry_number", sa.String(length=80), nullable=False),
        sa.Column("legal_basis", sa.String(length=12), nullable=False),
        sa.Column("publicity", sa.String(length=20), nullable=False),
        sa.Column("secrecy", sa.String(length=200), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("recorded_on", sa.BigInteger(), nullable=False),
        sa.Column("recorded_by", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "project"],
            ["styr_project.tenant", "styr_project.id"],
            name=op.f("fk_styr_document_tenant_project"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant", "submission"],
            ["styr_submission.tenant", "styr_submission.id"],
            name=op.f("fk_styr_document_tenant_submission"),
        ),
        sa.PrimaryKeyConstraint("tenant", "project", "key", "item", "version", name=op.f("pk_styr_document")),
    )
    op.create_table(
        "styr_file",
        sa.Column("tenant", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("project", sa.String(length=32), nullable=False),
        sa.Column("task", sa.String(length=32), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(length=120), nullable=False),
        sa.Column("uploaded_at", sa.BigInteger(), nullable=False),
        sa.Column("uploaded_by", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "project"], ["styr_project.tenant", "styr_project.id"], name=op.f("fk_styr_file_tenant_project")
        ),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_styr_file")),
    )
    op.create_index("ix_styr_file_project", "styr_file", ["tenant", "project"], unique=False)
    op.create_table(
        "styr_pack",
        sa.Column("tenant", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("project", sa.String(length=32), nullable=False),
        sa.Column("gate", sa.String(length=40), nullable=False),
        sa.Column("item", sa.String(length=80), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("with_deviation", sa.Boolean(), nullable=False),
        sa.Column("authority", sa.LargeBinary(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("requested_at", sa.BigInteger(), nullable=False),
        sa.Column("requested_by", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "project"], ["styr_project.tenant", "styr_project.id"], name=op.f("fk_styr_pack_tenant_project")
        ),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_styr_pack")),
    )
    op.create_index("ix_styr_pack_gate", "styr_pack", ["tenant", "project", "gate"], unique=False)
    op.create_table(
        "styr_paper",
        sa.Column("tenant", sa.String(length=32), nullable=False),
        sa.Column("project", sa.String(length=32), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("rendered_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "project"], ["styr_project.tenant", "styr_project.id"], name=op.f("fk_styr_paper_tenant_project")
        ),
        sa.PrimaryKeyConstraint("tenant", "project", "source", name=op.f("pk_styr_paper")),
    )
    op.create_table(
        "styr_recusal",
        sa.Column("tenant", sa.String(length=32), nullable=False),
        sa.Column("project", sa.String(length=32), nullable=False),
        sa.Column("task", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "project"],
            ["styr_project.tenant", "styr_project.id"],
            name=op.f("fk_styr_recusal_tenant_project"),
        ),
        sa.PrimaryKeyConstraint("tenant", "project", "task", "person", name=op.f("pk_styr_recusal")),
    )
    for table in ("styr_bundle", "styr_submission", "styr_decision", "styr_document"):
        make_immutable(table)
