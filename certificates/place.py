"""The place of the seal: an empty signature field where the page has an element of class `seal`.

What is printed bears no seal. Signing fills the field, and the seal appears with the signature.
"""

from typing import Any

import pydyf

SEAL_FIELD = "Seal"
SEAL_CLASS = "seal"
_POINTS = 0.75  # of a CSS pixel
_PRINTED_AND_LOCKED = 132
_SIGNATURES_EXIST_APPEND_ONLY = 3


def keep_place(document: Any, pdf: Any) -> None:
    """Add the field to what WeasyPrint is about to write; nothing on a page without a seal.

    A box that breaks over pages counts where it is last: under the text, beside the date.
    """
    found = [
        (number, page, box)
        for number, page in enumerate(document.pages)
        for box in page._page_box.descendants()  # noqa: SLF001 — WeasyPrint has no public layout
        if box.element is not None and box.element.get("class") == SEAL_CLASS
    ]
    if found:
        number, page, box = found[-1]
        _add_field(pdf, number, _rectangle(page.height, box))


def _rectangle(page_height: float, box: Any) -> list[float]:
    """Lower left and upper right corner, in points from the page's lower left."""
    left, top = box.content_box_x(), box.content_box_y()
    corners = (left, page_height - top - box.height, left + box.width, page_height - top)
    return [round(corner * _POINTS, 3) for corner in corners]


def _add_field(pdf: Any, page_number: int, rectangle: list[float]) -> None:
    pages: list[Any] = [one for one in pdf.objects if _is_page(one)]
    page = pages[page_number]
    look = pydyf.Stream([], {"Type": "/XObject", "Subtype": "/Form", "BBox": _array([0, 0, 1, 1])})
    pdf.add_object(look)
    field = pydyf.Dictionary(
        {
            "Type": "/Annot",
            "Subtype": "/Widget",
            "FT": "/Sig",
            "T": pydyf.String(SEAL_FIELD),
            "Rect": _array(rectangle),
            "F": _PRINTED_AND_LOCKED,
            "P": page.reference,
            "AP": pydyf.Dictionary({"N": look.reference}),
        }
    )
    pdf.add_object(field)
    page["Annots"] = pydyf.Array([*page.get("Annots", []), field.reference])
    fields = pydyf.Dictionary(
        {"Fields": pydyf.Array([field.reference]), "SigFlags": _SIGNATURES_EXIST_APPEND_ONLY}
    )
    pdf.catalog["AcroForm"] = fields


def _array(numbers: list[float]) -> Any:
    return pydyf.Array(numbers)


def _is_page(thing: Any) -> bool:
    return isinstance(thing, dict) and thing.get("Type") == "/Page"
