"""How numbers are written."""


def number_text(number: int) -> str:
    """Arabic digits, below 10 with a leading zero. NĐ 30/2020 PL I"""
    return f"{number:02d}"
