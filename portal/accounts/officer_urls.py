"""Officers' pages under the names by which allauth looks for them. Its other pages have no address on purpose."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.webauthn import views as webauthn
from django.urls import path

from portal.accounts.views import officer

urlpatterns = [
    path("dang-nhap/can-bo/", officer.SignIn.as_view(), name="account_login"),
    path("dang-nhap/can-bo/xac-thuc/", officer.SecondFactor.as_view(), name="mfa_authenticate"),
    path("dang-xuat/", officer.SignOut.as_view(), name="account_logout"),
    path("tai-khoan/mat-khau/", officer.ChangePassword.as_view(), name="account_change_password"),
    path("tai-khoan/xac-nhan/mat-khau/", account.ReauthenticateView.as_view(), name="account_reauthenticate"),
    path("tai-khoan/xac-nhan/", officer.Reauthenticate.as_view(), name="mfa_reauthenticate"),
    path("tai-khoan/xac-nhan/khoa/", webauthn.ReauthenticateWebAuthnView.as_view(), name="mfa_reauthenticate_webauthn"),
    path("tai-khoan/xac-thuc/", mfa.IndexView.as_view(), name="mfa_index"),
    path("tai-khoan/xac-thuc/ung-dung/", officer.ActivateTotp.as_view(), name="mfa_activate_totp"),
    path("tai-khoan/xac-thuc/ung-dung/go/", officer.DeactivateTotp.as_view(), name="mfa_deactivate_totp"),
    path("tai-khoan/xac-thuc/khoa/", webauthn.ListWebAuthnView.as_view(), name="mfa_list_webauthn"),
    path("tai-khoan/xac-thuc/khoa/them/", officer.AddKey.as_view(), name="mfa_add_webauthn"),
    path("tai-khoan/xac-thuc/khoa/<int:pk>/go/", officer.RemoveKey.as_view(), name="mfa_remove_webauthn"),
    path("tai-khoan/xac-thuc/khoa/<int:pk>/ten/", webauthn.EditWebAuthnView.as_view(), name="mfa_edit_webauthn"),
    path("tai-khoan/xac-thuc/ma-du-phong/", recovery.ViewRecoveryCodesView.as_view(), name="mfa_view_recovery_codes"),
    path("tai-khoan/xac-thuc/ma-du-phong/moi/", officer.NewRecoveryCodes.as_view(), name="mfa_generate_recovery_codes"),
]
