"""Owns `ccurve.cdx.json`: what lies inside the released file, for programs that look for known holes and licences.

It is a bill of materials as of CycloneDX 1.6, https://cyclonedx.org/docs/1.6/json/.
What lies inside, `components` finds out.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import NAMESPACE_URL, uuid5

import msgspec
from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, XsUri
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component as Entry
from cyclonedx.model.component import ComponentType, Pedigree
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

from release.component import Component

_LICENCE: Final = LicenseFactory()


def bill_of_materials(components: Sequence[Component], version: str, made_at: datetime) -> str:
    """Return it as JSON. The same arguments give the same text; `made_at` is aware of its zone."""
    itself = f"pkg:generic/ccurve@{version}"
    root = Entry(
        name="ccurve",
        version=version,
        type=ComponentType.APPLICATION,
        bom_ref=itself,
        purl=PackageURL.from_string(itself),
        licenses=[_LICENCE.make_from_string("MIT")],
    )
    entries = [_entry(component) for component in components]
    bill = Bom(
        serial_number=uuid5(NAMESPACE_URL, itself + msgspec.json.encode(components).decode()),
        metadata=BomMetaData(component=root, timestamp=made_at),
        components=entries,
    )
    bill.register_dependency(root, entries)
    return make_outputter(bill, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=2) + "\n"


def _entry(component: Component) -> Entry:
    pages = [ExternalReference(type=ExternalReferenceType.WEBSITE, url=XsUri(component.home))] if component.home else []
    return Entry(
        name=component.name,
        version=component.version or None,
        bom_ref=component.purl,
        purl=PackageURL.from_string(component.purl),
        licenses=[_LICENCE.make_from_string(component.licence)],
        hashes=[HashType(alg=HashAlgorithm(name), content=value) for name, value in component.hashes.items()],
        external_references=pages,
        pedigree=Pedigree(notes=component.changes) if component.changes else None,
    )
