"""Diagrams with every structure the engine allows, and some it must survive; each is walked against the oracle."""

from __future__ import annotations

from tests.engine.drawing import bundle
from tests.engine.samples import one_gate

VOTES = """
start s > in_ask
xor in_ask > votes
user votes kind=decision role=member each=facts.members item=member \
    until='count(votes[choice = "approve"]) * 2 > count(facts.members) or count(votes[choice = "rework"]) > 1' > confirm
user confirm kind=decision role=chair > g
xor g > e ? confirm.go = true ; *in_ask
boundary remind on=votes keeps timer='workdays(today(), 3)' > nudge
effect nudge kind=notify > nudged
end nudged
boundary escalate on=votes timer='date(confirm.until)' > in_board
xor in_board > board
user board kind=record role=secretary > be
end be
end e
"""

DELIVERIES = """
start s > split
par split > in_status ; deliveries
xor in_status > status
user status kind=document role=pm > more
boundary late on=status keeps timer='now() + duration("P5D")' > tell
effect tell kind=notify > told
end told
xor more > join ? status.last = true ; *in_status
call deliveries calls=delivery each=facts.deliverables item=deliverable > join
par join > close
user close kind=checklist role=pm > e
end e
"""

DELIVERY = """
start d0 > in_work
xor in_work > accept
user accept kind=review role=receiver > in_bp3k
xor in_bp3k > bp3k
call bp3k calls=gate key=bp3k outcomes='approve rework defer reject' > g_bp3k
xor g_bp3k > d9 ? bp3k.outcome = "approve" ; in_bp3k ? bp3k.outcome = "defer" ; dropped ? bp3k.outcome = "reject" ;
    *in_work
end dropped
end d9
"""

RACES = """
start s > in_race
xor in_race > race
race race > paid ; late ; stop
catch paid message=paid > register
catch late timer='now() + duration("P10D")' > remind
catch stop message=stop > e1
user register kind=record role=pm > wait
catch wait timer='date and time("2026-03-01T12:00:00")' > g
xor g > e ? register.done = true ; *in_race
user remind kind=record role=pm > in_race
end e
end e1
"""

ERRORS = """
start s > in_teams
xor in_teams > split
par split > teams ; beside
call teams calls=team each=facts.members item=team > in_join
boundary failed on=teams error=boom > fix
user fix kind=record role=pm > in_join
xor in_join > join
sub beside {
    start b0 > alone
    user alone kind=record role=pm > tb
    xor tb > b9 ? alone.fine = true ; *broke
    end broke error=boom
    end b9
} > in_join_too
boundary failed_beside on=beside error=boom > repair
user repair kind=record role=pm > in_join_too
xor in_join_too > join
par join > check
user check kind=review role=pm > g
xor g > e ? check.n = 1 ; *in_teams
end e
"""

TEAM = """
start t0 > in_t
xor in_t > inner
sub inner {
    start i0 > isplit
    par isplit > polls ; talk
    user polls kind=record role=member each=facts.deliverables item=poll \
        until='count(polls[choice = "approve"]) >= 2' > ijoin
    sub talk {
        start k0 > say
        user say kind=record role=member > k9
        end k9
    } > in_ijoin
    boundary nudge on=talk keeps timer='today() + duration("P3D")' > call_boss
    user call_boss kind=record role=chair > nb
    end nb
    boundary drop on=talk message=drop > in_redo
    xor in_redo > redo
    user redo kind=record role=member > in_ijoin
    xor in_ijoin > ijoin
    par ijoin > i9
    end i9
} > verdict
user verdict kind=decision role=chair > gt
xor gt > t9 ? verdict.n = 4 ; boom ? verdict.n = 8 ; *in_t
end boom error=boom
end t9
"""

BARE_LOOP = """
start s > in_t
xor in_t > split
par split > a ; in_b ; c
user a kind=record role=pm > join
xor in_b > b
user b kind=record role=pm > gb
xor gb > join ? b.fine = true ; *in_b
user c kind=record role=pm > inner
par inner > d ; f
user d kind=record role=pm > inner_join
user f kind=record role=pm > inner_join
par inner_join > join
boundary nudge on=a keeps timer='now() + duration("P2D")' > boss
user boss kind=record role=pm > nb
end nb
par join > verdict
user verdict kind=decision role=pm > g
xor g > e ? verdict.n = 2 ; *in_t
end e
"""

MERGES = """
start s > split
par split > a ; b ; skip
xor skip > c ? facts.missing = 2 ; *d
user a kind=record role=pm > d
user b kind=record role=pm > d
user c kind=record role=pm > e
user d kind=record role=pm > e
end e
"""

PATTERNS: dict[str, dict[str, bytes]] = {
    "one gate": one_gate(),
    "votes": bundle(project=VOTES),
    "deliveries": one_gate() | bundle(project=DELIVERIES, delivery=DELIVERY),
    "races": bundle(project=RACES),
    "errors in multi-instances": bundle(project=ERRORS, team=TEAM),
    "bare loop": bundle(project=BARE_LOOP),
    "uncontrolled merges": bundle(project=MERGES),
}
