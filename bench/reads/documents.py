"""Documents that are all different, for what a server does with one it has never seen."""

from __future__ import annotations

from random import Random

FIELDS = {
    "deputy": "level term status delegation electoralUnit certificateNumber startDate endDate "
    "entryMode congressPost compositionType isReelected canReceiveOpinions",
    "person": "name gender ethnicity birthMonth nativePlace politicalAffiliation education "
    "employer post employerAndPost occupation",
    "congress": "level term name startDate endDate seats",
    "division": "code name level validFrom validTo hasCongress",
    "station": "name localName kind level address head openingHours rating status isOffSite",
    "group": "name level kind field contact",
}
SEED = "bench-documents"


def make_documents(count: int) -> list[str]:
    """So many documents, each of another text and another plan, the same in every run."""
    rng = Random(SEED)  # noqa: S311  # nothing here has to be unguessable
    found: dict[str, None] = {}
    while len(found) < count:
        found[make_document(rng)] = None
    return list(found)


def make_document(rng: Random) -> str:
    """A list page like that of the shapes, with other fields under other names."""
    return f"""query Fresh($after: String) {{
  deputies(first: {rng.randint(1, 3)}, after: $after) {{
    nodes {{
      id {choose(rng, "deputy")}
      person {{
        id {choose(rng, "person")}
        mandates {{
          nodes {{ {choose(rng, "deputy")} congress {{ {choose(rng, "congress")}
            division {{ {choose(rng, "division")} }} }} }}
        }}
      }}
      stations {{ nodes {{ {choose(rng, "station")} }} }}
      groups {{ nodes {{ {choose(rng, "group")} }} }}
    }}
    pageInfo {{ hasNextPage endCursor }}
  }}
}}"""


def choose(rng: Random, kind: str) -> str:
    """Some fields of a type, some of them under an alias."""
    names = FIELDS[kind].split()
    chosen = rng.sample(names, rng.randint(2, len(names)))
    return " ".join(f"a{rng.randint(0, 99)}_{n}: {n}" if rng.random() < 0.3 else n for n in chosen)
