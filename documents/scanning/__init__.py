"""Looking for viruses. The scanner is a backend that the setting FILE_SCANNER names; empty means that there is none."""

from documents.scanning.answers import Answer, Clean, Infected, Scanner, UnclearAnswerError, is_configured, scanner

TOPIC = "documents.file.scan"

__all__ = ["TOPIC", "Answer", "Clean", "Infected", "Scanner", "UnclearAnswerError", "is_configured", "scanner"]
