"""The design system: page shells, form renderer, components. Knows no app."""
