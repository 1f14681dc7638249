"""Reading JSON-LD as others do: with a reader of theirs, and without a network."""

import json

from rdflib import Graph

PAGE = "/tietosuojaseloste/"


def graph(twin):
    read = Graph()
    read.parse(data=json.dumps(twin), format="json-ld", publicID=f"https://example.org{PAGE}")
    return read


def graph_at(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/ld+json"
    return graph(json.loads(answer.content))
