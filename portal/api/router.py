"""Which URL modules make up the API. An app registers its `api.urls` in `AppConfig.ready`; portal.api knows no app."""

_modules: list[str] = []


def register(module: str) -> None:
    """Put the URL patterns of `module` (a dotted name) under /api/v1/. A second call changes nothing."""
    if module not in _modules:
        _modules.append(module)


def modules() -> tuple[str, ...]:
    return tuple(_modules)
