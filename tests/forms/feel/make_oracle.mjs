// Makes oracle.json from the expressions below. In an empty folder outside the repository:
//   npm i --ignore-scripts @bpmn-io/feelin && cp <repository>/tests/forms/feel/make_oracle.mjs . && TZ=Europe/Stockholm node make_oracle.mjs > <repository>/tests/forms/feel/oracle.json
import { readFileSync } from 'node:fs';

import { evaluate, unaryTest } from '@bpmn-io/feelin';

const context = {
  budget: 600000,
  share: 0.25,
  decision: 'godkänn',
  empty: '',
  nothing: null,
  yes: true,
  no: false,
  åtgärd: 1,
  ärende_Ö: 'ÅÄÖ',
  items: [ 1, 2, 3 ],
  none: [],
  mixed: [ 1, 'a', null, true ],
  nested: [ [ 1, 2 ], [ 3, [ 4 ] ] ],
  person: { name: 'Åsa', age: 44, address: { town: 'Härnösand' } },
  votes: [
    { member: 'm1', choice: 'approve', weight: 1 },
    { member: 'm2', choice: 'rework', weight: 2 },
    { member: 'm3', choice: 'approve', weight: 3 }
  ],
  facts: { total_cost: 5200000, external_funding: false, members: [ 'm1', 'm2', 'm3' ] },
  when: '2026-12-01',
  start: '2026-11-22T10:00:00'
};

const expressions = String.raw`
1
-1
0.5
.5
1.50
100000000000
"text"
""
"å\u00e4ö"
"rad\nny"
"citat \"inne\""
"\d+"
"\U01F600"
true
false
null
missing
// kommentar
1 // efter
/* mitt i */ 2
budget
åtgärd
ärende_Ö
1 + 2
1 - 2
2 * 3
7 / 2
1 / 0
2 ** 3
2 ** 3 ** 2
2 ** -1
-2 ** 2
- budget
--1
-(1 + 2)
1 + 2 * 3
(1 + 2) * 3
10 - 4 - 3
100 / 10 / 2
budget * share
1 + null
null + 1
null * 2
"a" + "b"
"a" + 1
1 + "a"
"a" - "b"
true + 1
0.1 * 3 > 0.29
decision = "godkänn"
decision != "godkänn"
decision = "Godkänn"
1 = 1.0
1 = 2
1 != 2
1 = "1"
1 != "1"
null = null
null != null
1 = null
nothing = null
missing = null
nothing != null
"" = null
true = true
true = false
[1, 2] = [1, 2]
[1, 2] = [2, 1]
[] = []
{a: 1} = {a: 1}
{a: 1} = {a: 2}
{a: 1} = {b: 1}
1 < 2
2 <= 2
3 > 4
4 >= 4
"a" < "b"
"b" <= "a"
"a" < 1
1 < "a"
true < false
true and true
true and false
false and true
false and false
true or false
false or false
false or true
null and true
null and false
false and null
true and null
null and null
null or true
null or false
true or null
false or null
null or null
1 and true
1 and false
"a" or true
"a" or false
not(true)
not(false)
not(null)
not(1)
yes and not(no)
budget > 500000 and decision = "godkänn"
budget > 700000 or decision = "godkänn"
no or no or yes
yes and yes and no
if budget > 500000 then "styrgrupp" else "beställare"
if budget < 500000 then "styrgrupp" else "beställare"
if null then 1 else 2
if no then 1 else if yes then 2 else 3
1 + (if yes then 1 else 2)
budget between 500000 and 700000
budget between 1 and 2
5 between null and 6
5 between 1 and 5
date("2026-11-22") between date("2026-11-01") and date("2026-11-30")
5 in [1..5]
5 in [1..5)
5 in (1..5]
1 in (1..5]
1 in ]1..5]
5 in [1..5[
3 in ]1..5[
3 in (1..5)
budget in [100000..700000]
"b" in ["a".."c"]
5 in (1, 5)
5 in (1, 2)
5 in (< 10)
5 in (> 10)
5 in (> 10, < 6)
5 in ([1..2], [4..6])
decision in ("godkänn", "avslå")
decision in ["godkänn", "avslå"]
"x" in ["godkänn", "avslå"]
2 in items
4 in items
2 in (items)
date("2026-11-22") in [date("2026-11-01")..date("2026-11-30")]
[1..3].start
[1..3].end
person.name
person.address.town
person.missing
person.missing.town
missing.name
nothing.name
budget.name
votes.choice
votes.missing
items[1]
items[3]
items[4]
items[0]
items[-1]
items[-3]
items[-4]
none[1]
missing[1]
items[item > 1]
items[item > 5]
items[item >= 2 and item < 3]
votes[choice = "approve"]
votes[choice = "approve"].member
votes[choice = "approve" and weight > 1].member
votes[item.weight = 2].member
votes[weight > 1][1].member
votes[choice = "x"]
votes[choice = "x"].member
votes[1].member
count(votes[choice = "approve"]) * 2 > count(facts.members)
facts.members[item != "m1"]
some x in items satisfies x > 2
some x in items satisfies x > 3
every x in items satisfies x > 0
every x in items satisfies x > 1
some x in none satisfies x > 1
every x in none satisfies x > 1
some v in votes satisfies v.choice = "rework"
every v in votes satisfies v.weight > 0 and v.choice != "x"
some x in [1, 2], y in [2, 3] satisfies x = y
every x in [1, 2], y in [3, 4] satisfies x < y
yes and some x in items satisfies x = 2
for x in items return x * 2
for x in none return x
for x in missing return x
for v in votes return v.member
for x in [1, 2], y in [10, 20] return x + y
for x in [[1, 2], [3]], y in x return y
for i in 1..3 return i * i
for i in 3..1 return i
for i in [1..3] return i
for x in items return if x > 1 then "stor" else "liten"
[1, "a", null]
[]
[1, [2, 3]]
[1 + 1, budget]
{a: 1, b: "x"}
{a: 1}.a
{a: 1, b: a + 1}.b
{"en nyckel": 1}
{}
{a: {b: {c: 3}}}.a.b.c
string length(decision)
string length("")
string length(null)
upper case("åäö")
lower case("ÅÄÖ")
substring("foobar", 3)
substring("foobar", 3, 3)
substring("foobar", -2)
substring("foobar", -2, 1)
substring("åäö", 2)
substring(string: "foobar", start position: 3, length: 2)
substring before("foobar", "bar")
substring before("foobar", "x")
substring after("foobar", "ob")
substring after("foobar", "x")
substring after("foobar", "")
contains(decision, "god")
contains(decision, "x")
contains(null, "x")
contains(string: "abc", match: "b")
starts with(decision, "god")
ends with(decision, "känn")
matches(decision, "^god")
matches(decision, "^God")
matches(decision, "^GOD", "i")
matches("a1b22", "[a-z]\d{2}$")
matches("12345", "^\d{5}$")
matches("1234", "^\d{5}$")
matches("2026-12-01", "^\d{4}-\d{2}-\d{2}$")
matches("fornamn@kommun.se", "^[^@ ]+@[^@ ]+\.[a-z]{2,}$")
matches("colour", "colou?r")
matches("foobar", "^(foo|bar)+$")
replace("abcd", "b", "x")
replace("aaa", "a", "b")
replace("abcd", "(ab)|(a)", "[1=$1][2=$2]")
replace("Åsa Ek", "(\w+)$", "<$1>")
split("a;b;c", ";")
split("John Doe", "\s")
split("a", ";")
string join(["a", "b"], ", ")
string join(["a", null, "b"], "-")
string join(["a", "b"])
string join([], ",")
string(1)
string(1.5)
string(true)
string(null)
string("a")
string([1, "a", null])
string({a: 1, b: "x"})
string(date("2026-11-22"))
string(duration("P1DT2H"))
number("3.4")
number("1 000,5", " ", ",")
number("1,000.5", ",", ".")
number("abc", " ", ",")
number("100", null, null)
list contains(items, 2)
list contains(items, 5)
list contains(mixed, null)
count(items)
count(none)
count(null)
count(1)
min(items)
max(items)
min(3, 1, 2)
max(3, 1, 2)
min(none)
sum(items)
sum(1, 2, 3)
sum(none)
sum(mixed)
sum(votes.weight)
mean(items)
mean(1, 2, 3, 4)
median(8, 2, 5, 3, 4)
median([6, 1, 2, 3])
median(none)
product([2, 3, 4])
stddev(2, 4, 7, 5)
mode(6, 3, 9, 6, 6)
all([true, true])
all([true, false])
all([true, null])
all([false, null])
all(none)
any([false, true])
any([false, false])
any([false, null])
any([true, null])
any(none)
sublist([4, 5, 6], 1, 2)
sublist([4, 5, 6], 2)
sublist([4, 5, 6], -2)
append([1], 2, 3)
append([1], [2])
concatenate([1, 2], [3])
insert before([1, 3], 1, 2)
remove([1, 2, 3], 2)
reverse([1, 2, 3])
index of([1, 2, 3, 2], 2)
index of([1, 2], 3)
union([1, 2], [2, 3])
distinct values([1, 2, 3, 2, 1])
distinct values(["a", "a"])
flatten(nested)
flatten([[1, [[2]]], 3])
decimal(1 / 3, 2)
decimal(1.5, 0)
decimal(2.5, 0)
floor(1.5)
floor(-1.5)
floor(-1.56, 1)
ceiling(1.5)
ceiling(-1.5)
ceiling(-1.56, 1)
round up(5.5, 0)
round up(-5.5, 0)
round up(1.121, 2)
round down(5.5, 0)
round down(-5.5, 0)
round half up(5.5, 0)
round half up(-5.5, 0)
round half down(5.5, 0)
round half down(-5.5, 0)
abs(-10)
abs(10)
modulo(12, 5)
modulo(-12, 5)
modulo(12, -5)
modulo(10.1, 4.5)
modulo(1, 0)
sqrt(16)
sqrt(-1)
odd(5)
even(5)
even(-2)
get value({key1: "value1"}, "key1")
get value({key1: "value1"}, "missing")
get entries({a: 1, b: 2})
date("2026-11-22")
date("2026-13-01")
date("x")
date(2026, 11, 22)
date(date and time("2026-11-22T10:00:00Z"))
date(null)
time("10:30:00")
time(10, 30, 0)
time("25:00:00")
date and time("2026-11-22T10:00:00")
date and time("2026-11-22T10:00:00Z")
date and time("2026-11-22T10:00:00+01:00")
date and time("2026-11-22T10:00:00@Europe/Stockholm")
duration("P14D")
duration("PT36H") = duration("P1DT12H")
duration("P1Y2M")
duration("-P1D")
duration("x")
@"2026-11-22"
@"10:30:00"
@"2026-11-22T10:00:00Z"
@"P1D"
@"P1Y"
date(when)
date(when).year
date(when).month
date(when).day
date(when).weekday
date and time(start).hour
date and time(start).minute
date and time(start).second
time("10:30:15").minute
duration("P3DT4H5M").days
duration("P3DT4H5M").hours
duration("P3DT4H5M").minutes
duration("P1Y2M").years
duration("P1Y2M").months
date("2026-11-22") = date("2026-11-22")
date("2026-11-22") < date("2026-12-01")
date("2026-11-22") > date(when)
date and time("2026-11-22T10:00:00Z") = date and time("2026-11-22T11:00:00+01:00")
date and time("2026-11-22T10:00:00Z") < date and time("2026-11-22T10:30:00+01:00")
time("10:00:00") < time("11:00:00")
duration("P1D") < duration("PT25H")
duration("P1Y") = duration("P12M")
date("2026-11-22") + duration("P14D")
date("2026-11-22") - duration("P22D")
duration("P14D") + date("2026-11-22")
date("2026-01-31") + duration("P1M")
date("2028-02-29") + duration("P1Y")
date("2026-03-31") - duration("P1M")
date("2026-11-22") + null
date("2026-11-22") + 1
date and time("2026-11-22T10:00:00") + duration("PT3H")
date and time("2026-11-22T23:00:00Z") + duration("PT3H")
date and time("2026-01-31T10:00:00") + duration("P1M")
time("23:00:00") + duration("PT2H")
(date("2026-12-01") - date("2026-11-22")) = duration("P9D")
(date("2026-12-01") - date("2026-11-22")).days
date and time("2026-11-22T12:00:00Z") - date and time("2026-11-22T10:00:00Z") = duration("PT2H")
duration("P1D") + duration("PT12H") = duration("PT36H")
years and months duration(date("2025-01-31"), date("2026-03-15")).years
day of week(date("2026-11-22"))
day of year(date("2026-11-22"))
month of year(date("2026-11-22"))
week of year(date("2026-11-22"))
week of year(date("2027-01-01"))
[1] = 1
[items[1]] = items[1]
null in [1..5]
1 in (null, 2)
some x in [null, 1] satisfies x > 1
every x in [null, 2] satisfies x > 1
date("2026-11-22") < date and time("2026-11-22T10:00:00")
-1 instance of number
1 < 2 < 3
1 = 1 = true
{"a b": 1}["a b"]
items[yes]
items[missing]
for x in 5 return x
1e3
substring before("foobar", "")
distinct values([1, null, null])
concatenate([1], null)
remove([1, 2], 5)
insert before([1, 2], 3, 9)
index of([1, null], null)
min("a", "b")
sum(duration("P1D"), duration("P2D"))
abs(duration("-P1D")) = duration("P1D")
duration("P1D") * 2 = duration("P2D")
duration("P1Y2M3D")
today(1)
okänd(1)
function(x) x
x[
1 +
(1
[1, 2
"oavslutad
if yes then 1
for x in items
some x in items
1 2
and true
{a 1}
person.
5 in
= 
`.split('\n').filter(line => line);

const tests = [
  [ '-', 1 ], [ '-', null ],
  [ '1', 1 ], [ '1', 2 ], [ '1', null ], [ '1', '1' ],
  [ '1, 2, 3', 3 ], [ '1, 2, 3', 4 ],
  [ '"bp1"', 'bp1' ], [ '"bp1"', 'bp2' ], [ '"bp2","bp3"', 'bp3' ],
  [ '< 5', 4 ], [ '< 5', 5 ], [ '<= 5', 5 ], [ '> 5', 6 ], [ '>= 5000000', 4999999 ], [ '< 5', null ], [ '< 5', 'a' ],
  [ '[1..5]', 1 ], [ '[1..5]', 5 ], [ '[1..5)', 5 ], [ '(1..5]', 1 ], [ ']1..5[', 3 ], [ '[1..5]', null ],
  [ '[500000..5000000]', 600000 ], [ '[1..2], [4..5]', 4 ], [ '[1..2], [4..5]', 3 ], [ '< 1, > 5', 6 ], [ '< 1, > 5', 3 ],
  [ 'not(1)', 2 ], [ 'not(1)', 1 ], [ 'not(1, 2)', 2 ], [ 'not("bp1")', 'bp2' ], [ 'not("bp1", "bp2")', 'bp2' ],
  [ 'not(< 5)', 6 ], [ 'not(< 5)', 4 ], [ 'not([1..5])', 6 ], [ 'not(null)', 1 ],
  [ 'true', true ], [ 'true', false ], [ 'false', false ], [ 'false', true ], [ 'true', null ],
  [ 'null', null ], [ 'null', 1 ],
  [ '? > 5', 6 ], [ '? > 5', 4 ], [ '? > 1 and ? < 5', 3 ], [ 'contains(?, "a")', 'banan' ], [ 'contains(?, "x")', 'banan' ],
  [ 'starts with(?, "bp")', 'bp3' ], [ 'count(?) > 2', [ 1, 2, 3 ] ],
  [ 'budget', 600000 ], [ 'budget', 1 ], [ '< budget', 5 ], [ '> facts.total_cost', 6000000 ],
  [ 'items', 2 ], [ 'items', 5 ], [ 'facts.members', 'm2' ],
  [ 'date("2026-11-22")', '2026-11-22' ], [ '"å", "ä", "ö"', 'ö' ],
  [ '<', 1 ], [ '1,', 1 ], [ '1 2', 1 ]
];

// What JSON lacks stands as {"text": what string() writes}.
function plain(value) {
  if (value === undefined || typeof value === 'function') return null;
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(plain);
  if (Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([ key, item ]) => [ key, plain(item) ]));
  }
  return { text: evaluate('string(x)', { x: value }).value };
}

function answer(ask) {
  try {
    return { value: plain(ask().value) };
  } catch (error) {
    return { error: true };
  }
}

const oracle = {
  context,
  expressions: expressions.map(source => ({ source, ...answer(() => evaluate(source, context)) })),
  tests: tests.map(([ source, input ]) => ({ source, input, ...answer(() => unaryTest(source, { ...context, '?': input })) }))
};
const { version } = JSON.parse(readFileSync('node_modules/@bpmn-io/feelin/package.json'));
const lines = list => list.map(row => '    ' + JSON.stringify(row)).join(',\n');
console.log(`{
  "made_by": "@bpmn-io/feelin ${version}",
  "context": ${JSON.stringify(oracle.context)},
  "expressions": [
${lines(oracle.expressions)}
  ],
  "tests": [
${lines(oracle.tests)}
  ]
}`);
