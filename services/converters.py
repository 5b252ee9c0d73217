"""The code of a procedure in a path."""


class ProcedureCode:
    regex = r"[0-9]\.[0-9]{6}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
