"""Registers that answer instead of papers (docs/registers-of-the-state.md). Without an address: papers, as before."""

from portal.settings import environment

DATA_SOURCES = {
    "population": "integrations.population.source.Population",
    "civil_status": "integrations.civil_status.source.CivilStatus",
    "birth_notice": "integrations.notices.source.BirthNotices",
    "death_notice": "integrations.notices.source.DeathNotices",
    "business": "integrations.business.source.Businesses",
    "issued_result": "integrations.personal_store.source.PersonalStore",
}
PERSONAL_NUMBERS = "integrations.population.source.Numbers"
REGISTERS_ADDRESS = environment.text("REGISTERS_ADDRESS", "")  # the province's adapter, https
REGISTERS_CLIENT_ID = environment.text("REGISTERS_CLIENT_ID", "")
REGISTERS_CLIENT_SECRET = environment.text("REGISTERS_CLIENT_SECRET", "")
REGISTERS_INTEGRATION_CODE = environment.text("REGISTERS_INTEGRATION_CODE", "")  # MaTichHop
REGISTERS_PATHS = environment.document("REGISTERS_PATHS")  # over the defaults of integrations/registers/client.py
REGISTERS_TIMEOUT = (3.05, 5.0)  # seconds to connect, and for the whole answer
