"""How does a catalogue of open data take us in?

A DCAT 3 catalogue in JSON-LD with one data set. Its title, version, licence and dates are those of the Dataset in the
head of the page about the data, and of CITATION.cff.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from scripts.facts.cite import LICENCE, SITE_NAME
from scripts.publish.linked_data import Head, Site, dataset

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_MEDIA = "https://www.iana.org/assignments/media-types/"


def catalogue(head: Head, site: Site, day: dt.date | None) -> bytes:
    """The catalogue as a file.

    Args:
        head: the page about the data.
        site: what else there is.
        day: when the data last changed, if that is known.
    """
    said = dataset(head, site, day)
    us = {"@type": "foaf:Organization", "foaf:name": SITE_NAME, "foaf:homepage": {"@id": site.url}}
    times = {"dct:issued": said.get("datePublished"), "dct:modified": said.get("dateModified")}
    made: dict[str, Any] = {
        "@context": CONTEXT,
        "@id": site.url,
        "@type": "dcat:Catalog",
        "dct:title": SITE_NAME,
        "dct:publisher": us,
        "dct:license": {"@id": LICENCE},
        "dcat:dataset": {
            "@id": said["url"],
            "@type": "dcat:Dataset",
            "dct:title": said["name"],
            "dct:description": said["description"],
            "dct:language": "en",
            "dct:creator": us,
            "dct:license": {"@id": said["license"]},
            "dcat:version": said["version"],
            **{name: {"@type": "xsd:date", "@value": when} for name, when in times.items() if when},
            "dcat:landingPage": {"@id": said["url"]},
            "dcat:distribution": [
                {
                    "@type": "dcat:Distribution",
                    "dct:license": {"@id": said["license"]},
                    "dcat:downloadURL": {"@id": file["contentUrl"]},
                    "dcat:mediaType": {"@id": _MEDIA + file["encodingFormat"]},
                }
                for file in said["distribution"]
            ],
        },
    }
    return (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode()
