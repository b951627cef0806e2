"""The calls of the PDF library that are made for every word and every shape, in the leanest form that Python has.

The library's own bindings wrap and check each argument, which takes longer than what is asked for. Here handles and
places to write to are plain addresses, and they must be right: `address` of a handle that is still open, and room enough.
"""

import ctypes
from typing import Any

import pypdfium2.raw as raw

_HANDLE = ctypes.c_void_p
_INT = ctypes.c_int


def _lean(function: Any, answer: Any, *arguments: Any) -> Any:
    return ctypes.PYFUNCTYPE(answer, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


class Call:
    """Each takes what the library's function of that name takes; null is None."""

    text_object = _lean(raw.FPDFText_GetTextObject, _HANDLE, _HANDLE, _INT)
    loose_box = _lean(raw.FPDFText_GetLooseCharBox, _INT, _HANDLE, _INT, _HANDLE)
    unicode = _lean(raw.FPDFText_GetUnicode, ctypes.c_uint, _HANDLE, _INT)
    angle = _lean(raw.FPDFText_GetCharAngle, ctypes.c_float, _HANDLE, _INT)
    font_size = _lean(raw.FPDFText_GetFontSize, ctypes.c_double, _HANDLE, _INT)
    font_weight = _lean(raw.FPDFText_GetFontWeight, _INT, _HANDLE, _INT)
    matrix = _lean(raw.FPDFText_GetMatrix, _INT, _HANDLE, _INT, _HANDLE)
    font_info = _lean(
        raw.FPDFText_GetFontInfo, ctypes.c_ulong, _HANDLE, _INT, _HANDLE, ctypes.c_ulong, _HANDLE
    )
    font = _lean(raw.FPDFTextObj_GetFont, _HANDLE, _HANDLE)
    shape = _lean(raw.FPDFPage_GetObject, _HANDLE, _HANDLE, _INT)
    shape_kind = _lean(raw.FPDFPageObj_GetType, _INT, _HANDLE)
    shape_bounds = _lean(raw.FPDFPageObj_GetBounds, _INT, _HANDLE, _HANDLE, _HANDLE, _HANDLE, _HANDLE)


def address(handle: Any) -> int:
    """Where a handle of the library points."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0
