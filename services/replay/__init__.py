"""The reform of 2025 once more, in a database of its own: the country of 30 June with people and dossiers, the acts of
1 July and of 2026 through the engine, officers and citizens at work meanwhile, and the proof that everything adds up
(`docs/reorganisation.md`).
"""
