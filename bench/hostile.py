"""Documents that are made to cost much: each of them is to be judged in little time."""

from __future__ import annotations

FIELD = "people(first: 1){totalCount}"


def many(template: str, count: int) -> str:
    """A text so many times, its number in place of #."""
    return " ".join(template.replace("#", str(number)) for number in range(count))


def chain(length: int, inner: str, on: str = "Query") -> str:
    """Fragments each of which spreads the next."""
    links = " ".join(f"fragment f{n} on {on}{{{inner} ...f{n + 1}}}" for n in range(length))
    return f"{links} fragment f{length} on {on}{{__typename}}"


def doubling(depth: int) -> str:
    """Fragments each of which spreads the next twice."""
    links = " ".join(f"fragment f{n} on Query{{...f{n + 1} ...f{n + 1}}}" for n in range(depth))
    return f"{{...f0}} {links} fragment f{depth} on Query{{__typename}}"


HOSTILE = {
    "braces": "{" * 33_000,
    "nested lists": "{search(text: " + "[" * 40_000 + "]" * 40_000 + "){name}}",
    "nested filters": "{people(where: " + "{not: " * 200 + "{}" + "}" * 200 + "){totalCount}}",
    "nested types": "query($a: " + "[" * 49_000 + "Int" + "]" * 49_000 + "){__typename}",
    "nested fragments": "{" + "...{" * 1000 + "__typename" + "}" * 1000 + "}",
    "doubling fragments": doubling(60),
    "a ring of fragments": "{...a} fragment a on Query{...b} fragment b on Query{...a}",
    "a long chain": "{...f0} " + chain(480, ""),
    "one field": "{" + "__typename " * 1000 + "}",
    "one field too often": "{" + "__typename " * 6000 + "}",
    "one object": "{" + "people(first: 1){nodes{id name}} " * 240 + "}",
    "one object with orders": "{"
    + "people(first: 1, orderBy: [{name: ASC}]){totalCount} " * 180
    + "}",
    "aliases": "{" + many("a#: __typename", 990) + "}",
    "counting aliases": "{" + many(f"a#: {FIELD}", 330) + "}",
    "directives": "{__typename " + "@include(if: true)" * 550 + "}",
    "unknown directives": "{__typename " + "@a" * 20_000 + "}",
    "tokens": "{" + "a " * 49_000 + "}",
    "unknown fields": "{" + many("peopl#", 990) + "}",
    "unknown types": "query(" + many("$a#: Persn#", 990) + "){__typename}",
    "unknown fields of an input": "{people(where: {" + many("a#: 1", 1300) + "}){totalCount}}",
    "variables": "query(" + many("$a#: Int", 990) + "){__typename}",
    "a variable everywhere": "query($a: Int){"
    + many("a#: people(first: $a){totalCount}", 330)
    + "}",
    "long list": "{people(where: {gender: {in: [" + "MALE " * 3900 + "]}}){totalCount}}",
    "digits": "{people(first: " + "9" * 90_000 + "){totalCount}}",
    "a long name": "{" + "a" * 90_000 + "}",
    "a long text": '{search(text: "' + "王" * 30_000 + '"){name}}',
    "escapes": '{search(text: "' + "\\u0041" * 16_000 + '"){name}}',
    "a block text": '{search(text: """' + "a\n " * 30_000 + '"""){name}}',
    "comments": "#\n" * 45_000 + "{__typename}",
    "a long comment": "#" + "a" * 99_000 + "\n{__typename}",
    "commas": "," * 99_000 + "{__typename}",
    "operations": many("query a#{__typename}", 660),
    "operations over fragments": many("query a#($x: Int){...f0}", 50)
    + chain(150, "p: people(first: $x){totalCount}"),
    "unused fragments": "{__typename}" + many("fragment a# on Query{__typename}", 500),
    "overlapping fragments": "{"
    + many("...a#", 300)
    + "}"
    + many("fragment a# on Query{x: __typename}", 300),
    "all spread all": "{...a0}"
    + " ".join(
        f"fragment a{i} on Query{{{' '.join(f'...a{j}' for j in range(i + 1, 55))} __typename}}"
        for i in range(55)
    ),
    "inline fragments": '{node(id: "x"){' + "...on Person{name id} " * 440 + "}}",
    "the schema many times": "{"
    + many("a#: __schema{types{name fields{name type{name}}}}", 45)
    + "}",
    "the schema in circles": "{__schema{types{"
    + "fields{type{ofType{" * 4
    + "name"
    + "}}}" * 4
    + "}}}",
}
