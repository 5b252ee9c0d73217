"""The index of QĐ 766/QĐ-TTg: what each indicator counts, and its score."""
