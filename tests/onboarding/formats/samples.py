"""The vectors of the domain paper, and texts that people or machines may send. Every number is public or made up."""

from hypothesis import strategies as st

USCC = [
    "91110000600037341L",
    "91350100M000100Y43",
    "91110108551385082Q",
    "9144030071526726XG",
    "914403001922038216",
    "91310115MAHXUH7C00",  # check character "0"
    "91310115MAEX8MHK80",
    "92310115MA1K00023B",
    "12110000400000018T",
    "51110000500000015U",
    "N2440111MF00000139",
    "A1110000MB0000019F",
]
REGISTRATION_NUMBER = ["440301103097413", "440301103448669", "110108000000016", "310109000123452"]
RESIDENT_ID = ["11010519491231002X", "440524198001010013", "330113202501010012"]
RESIDENCE_PERMIT = ["810000199408230021", "820000199001010010", "830000199201300022"]
FOREIGNER_CARD = ["911124198108030024", "931840199001010011"]
BANK_CARD = ["6200000000000005", "6222021234567894", "6217000012345678907", "6228480402564890018"]
CNAPS = {
    "102100099996": "102",
    "103100000026": "103",
    "104100000004": "104",
    "105100000017": "105",
    "301290000007": "301",
    "308584000013": "308",
    "403100000004": "403",
}
HOSTILE = [
    None,
    "",
    " ",
    "\0",
    "9" * 10_000,
    "１" * 18,
    "٣" * 11,
    "😀" * 18,
    chr(0xD800),
    "ß" * 18,
    "张三",
    "²³¹" * 6,
    "𝟗𝟏" * 9,
    "{n}",
    "%s%d",
    "None",
    "-" * 20,
    "﷽" * 50,
]

# Any text, and text near enough to an identifier to get past the first rules.
texts = st.one_of(
    st.text(),
    st.text(st.characters()),
    st.text("0123456789", max_size=40),
    st.text("0123456789ABCDEFGHJKLMNPQRTUWXYxX -+０１９", max_size=40),
    st.text("0123456789X", min_size=18, max_size=18),
    st.sampled_from([text for text in HOSTILE if text]),
)


def full_width(text: str) -> str:
    """The same characters in the width a Chinese keyboard may produce."""
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


def substitutions(value: str, alphabet: str):
    """Every text that differs from `value` in one character."""
    for place, right in enumerate(value):
        for other in alphabet:
            if other != right:
                yield value[:place] + other + value[place + 1 :]
