"""What may stand in a path. Anything else is an address that doesn't exist, and never reaches the database."""

from django.urls import register_converter


class BigId:
    """A positive whole number that fits PostgreSQL's bigint."""

    regex = "[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class UnitCodeText:
    """A code as authorities issue them: digits, or the dotted identifiers of QĐ 20/2020/QĐ-TTg (35 characters)."""

    regex = "[0-9A-Za-z][0-9A-Za-z.]{0,34}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


def install() -> None:
    register_converter(BigId, "bigid")
    register_converter(UnitCodeText, "unitcode")
