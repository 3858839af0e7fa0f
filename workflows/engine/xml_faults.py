"""Says in Swedish why bytes are no XML that is read: where, and what to do. libxml's own words are for programmers."""

from __future__ import annotations

import re

from lxml import etree

_T = etree.ErrorTypes

_WHY = {
    _T.ERR_TAG_NAME_MISMATCH: "Ett element slutar med ett annat namn än det började med.",
    _T.ERR_TAG_NOT_FINISHED: "Ett element tar inte slut.",
    _T.ERR_DOCUMENT_END: "Filen fortsätter efter det sista elementet.",
    _T.ERR_ATTRIBUTE_REDEFINED: "Ett element har samma attribut två gånger.",
    _T.ERR_ATTRIBUTE_WITHOUT_VALUE: "Ett attribut saknar värde.",
    _T.ERR_ATTRIBUTE_NOT_STARTED: "Ett attributs värde står inte inom citattecken.",
    _T.ERR_ATTRIBUTE_NOT_FINISHED: "Ett attributs värde tar inte slut.",
    _T.ERR_UNDECLARED_ENTITY: "Där står en entitet som filen inte förklarar.",
    _T.ERR_INVALID_CHAR: "Där står ett tecken som XML inte tillåter.",
    _T.ERR_INVALID_ENCODING: "Där står ett tecken som inte hör till filens teckenkodning.",
    _T.NS_ERR_UNDEFINED_NAMESPACE: "Ett prefix används utan att filen förklarar det.",
}

_AGAIN = "Exportera filen på nytt från programmet den ritades i."
_DEEPEST = 256


def why_not_xml(content: bytes, error: Exception) -> tuple[str, str]:
    """Return the rule that bytes break and a sentence about it, from what parsing them raised."""
    start = content.lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n\0")
    if not start:
        return "not-xml", f"Filen är tom. {_AGAIN}"
    if not start.startswith(b"<"):
        return "not-xml", f"Filen är inte BPMN eller DMN utan något annat, och går inte att läsa som XML. {_AGAIN}"
    if re.match(rb"<(!doctype\s+)?html", start, re.IGNORECASE):
        return (
            "not-xml",
            "Filen är en webbsida, inte ett diagram. Ladda ner själva filen som slutar på .bpmn eller .dmn.",
        )
    if b"<!doctype" in start[:4096].lower().replace(b"\0", b""):
        return "doctype", DOCTYPE
    code = getattr(error, "code", None)
    if code == _T.ERR_UNSUPPORTED_ENCODING:
        return "not-xml", "Filen går inte att läsa som XML: teckenkodningen är okänd. Spara om den i UTF-8."
    if "depth" in str(error):
        return "not-xml", (
            f"Filen går inte att läsa som XML: elementen ligger djupare i varandra än {_DEEPEST} nivåer. "
            "Dela upp diagrammet."
        )
    if not content.rstrip(b" \t\r\n\0").endswith(b">"):
        return "not-xml", f"Filen går inte att läsa som XML: den tar slut mitt i ett element. {_AGAIN}"
    line, column = getattr(error, "position", None) or (1, 1)
    reason = _WHY.get(code, "Tecknen där bildar inget element.")
    return "not-xml", f"Filen går inte att läsa som XML: fel på rad {line}, tecken {column}. {reason} {_AGAIN}"


DOCTYPE = "Filen har en DOCTYPE. Ta bort den: sådant läses inte."
