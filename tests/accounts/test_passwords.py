"""Officers' passwords: long, not common, not built on words of this place; nothing else is demanded."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from portal.accounts.models import User
from portal.settings import base

USER = User(kind="officer", username="nguyenvanthanh")


@pytest.mark.parametrize(
    "password",
    ["hoa mận nở trắng đồi", "aaaaaaaaaaaaaaaaaaaaaab", "Ngựa chạy 12 vòng!", "x" * 63 + "y", "mộtcửa của riêng tôi"],
)
def test_takes(password: str) -> None:
    assert validate_password(password, USER) is None


@pytest.mark.parametrize(
    "password",
    ["ngắn quá", "password", "1234567890123", "motcua2026!!", "MộtCửa-2026", "nguyenvanthanh1", "q" * 257],
)
def test_refuses(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password, USER)


def test_hasher_of_production_is_memory_hard() -> None:
    assert base.PASSWORD_HASHERS == ["django.contrib.auth.hashers.ScryptPasswordHasher"]
