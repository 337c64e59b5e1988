"""Text from the clipboard as a clerk means it: Word, WPS and chat programs leave marks behind."""

import re

from hs_credit_desktop.domain.text import clean

# Word writes a manual line break as VT; U+2028 and U+2029 are breaks of web pages.
_BREAKS = re.compile("[\x0b\x0c\u2028\u2029]")
# The line a chat program puts over each copied message: sender and time, nothing else.
_CHAT_LINE = re.compile(
    r"^(?:\S{1,20}[ \u3000]+)?(?:(?:\d{4}[-/年])?\d{1,2}[-/月]\d{1,2}日?[ \u3000]*)?"
    r"(?:上午|下午|晚上|凌晨|中午)?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?$"
)


def pasted(text: str) -> str:
    """Clean plain text: manual breaks are line ends, sender and time lines of chats are left out.

    Non-breaking and ideographic spaces, control and zero-width characters go as in clean().
    """
    lines = clean(_BREAKS.sub("\n", text)).split("\n")
    return "\n".join(line for line in lines if not _CHAT_LINE.match(line)).strip("\n")
