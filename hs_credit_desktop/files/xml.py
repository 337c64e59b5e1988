"""Parses a part of an Office file: no entity is expanded, nothing is fetched, depth is bounded."""

from typing import Any

from hs_credit_desktop.errors import UserError


def parsed(name: str, xml: bytes) -> Any:
    """The root element (lxml). UserError when the part is damaged or carries a DTD."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_pis=True,
        remove_comments=True,
    )
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UserError(
            f"“{name}”的内容已损坏", "请用 Word、Excel 或 WPS 打开，另存后再试。"
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UserError(f"“{name}”含有外部引用", "不像正常的文档，没有打开，请联系来件单位重发。")
    return root
