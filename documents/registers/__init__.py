"""Register books: series of numbers without gaps, chained, in the columns of NĐ 30/2020 PL IV (`docs/registers.md`)."""
