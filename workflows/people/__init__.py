"""People, bodies, roles with dated holders, deputies; and who may do what.

A person may act as *principals*, flat texts: `person:<id>` and `role:<scope>:<role>`. They follow from holders, seats
and deputies and lie ready in the projection `membership`, rebuilt in the transaction that changes a source. All dates
are Swedish calendar days, the last one included. History is dated rows; the stream `people` says who changed what.

Verbs that take a `Context` open their own transaction, check the right and write an event. Functions that take a
`Session` are parts for verbs of other rooms.

Above 2,500 lines: it holds the login, three kinds of dated relation and their handing over, which share their tables.
"""

from workflows.people.access import (
    ADMINISTER,
    Account,
    Acting,
    Rule,
    acting,
    acting_select,
    authorize,
    find_account,
    is_administrator,
    manned_select,
    principals_of,
    principals_select,
)
from workflows.people.bodies import (
    Quorum,
    change_body,
    create_body,
    found_body,
    give_seat,
    seat_member,
    unseat_member,
)
from workflows.people.body_queries import (
    Body,
    BodyName,
    Seat,
    all_bodies,
    bodies_on,
    find_body,
    find_seat,
    seats_of,
    seats_on,
    steering_groups,
)
from workflows.people.deputies import appoint_deputy, end_deputy
from workflows.people.errors import Refused
from workflows.people.handover import Handover, hand_over_roles, preview_roles
from workflows.people.holders import Appointment, appoint, assign_role, holders_of, succeed
from workflows.people.journal import STREAM
from workflows.people.kinds import BodyKind, LinkKind, QuorumRule, SeatRole
from workflows.people.links import (
    PasswordLink,
    choose_password,
    forgot_password,
    invite,
    link_token,
    make_link,
    open_link,
    read_link,
)
from workflows.people.membership import rebuild_scopes
from workflows.people.names import fold, sort_key
from workflows.people.organisation import assign_organisation_role, end_role, replace_holder
from workflows.people.passwords import Login, Passwords, check_password, log_in, log_out, set_password
from workflows.people.persons import (
    PersonDetails,
    add_person,
    admit,
    change_person,
    deactivate_person,
    reactivate_person,
)
from workflows.people.queries import (
    PeoplePage,
    Person,
    PersonName,
    active_people,
    every_person,
    find_person,
    find_person_by_email,
    names_of,
    people_page,
)
from workflows.people.role_queries import (
    Deputy,
    Holding,
    deputies_in,
    find_deputy,
    find_holding,
    holders_on,
    holdings_in,
    holdings_of,
    people_behind,
)
from workflows.people.roles import (
    ADMINISTRATOR,
    ORGANISATION_ROLES,
    PROJECT_OFFICE,
    ROLE_LABELS,
    OrganisationRole,
    role_label,
)
from workflows.people.tables import FOREVER

__all__ = [
    "ADMINISTER",
    "ADMINISTRATOR",
    "FOREVER",
    "ORGANISATION_ROLES",
    "PROJECT_OFFICE",
    "ROLE_LABELS",
    "STREAM",
    "Account",
    "Acting",
    "Appointment",
    "Body",
    "BodyKind",
    "BodyName",
    "Deputy",
    "Handover",
    "Holding",
    "LinkKind",
    "Login",
    "OrganisationRole",
    "PasswordLink",
    "Passwords",
    "PeoplePage",
    "Person",
    "PersonDetails",
    "PersonName",
    "Quorum",
    "QuorumRule",
    "Refused",
    "Rule",
    "Seat",
    "SeatRole",
    "acting",
    "acting_select",
    "active_people",
    "add_person",
    "admit",
    "all_bodies",
    "appoint",
    "appoint_deputy",
    "assign_organisation_role",
    "assign_role",
    "authorize",
    "bodies_on",
    "change_body",
    "change_person",
    "check_password",
    "choose_password",
    "create_body",
    "deactivate_person",
    "deputies_in",
    "end_deputy",
    "end_role",
    "every_person",
    "find_account",
    "find_body",
    "find_deputy",
    "find_holding",
    "find_person",
    "find_person_by_email",
    "find_seat",
    "fold",
    "forgot_password",
    "found_body",
    "give_seat",
    "hand_over_roles",
    "holders_of",
    "holders_on",
    "holdings_in",
    "holdings_of",
    "invite",
    "is_administrator",
    "link_token",
    "log_in",
    "log_out",
    "make_link",
    "manned_select",
    "names_of",
    "open_link",
    "people_behind",
    "people_page",
    "preview_roles",
    "principals_of",
    "principals_select",
    "reactivate_person",
    "read_link",
    "rebuild_scopes",
    "replace_holder",
    "role_label",
    "seat_member",
    "seats_of",
    "seats_on",
    "set_password",
    "sort_key",
    "steering_groups",
    "succeed",
    "unseat_member",
]  # fmt: skip
