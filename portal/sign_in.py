"""How people sign in: what is the same in every installation. portal.settings takes it all over."""

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
# Merchants sign in by mobile number and code, staff by e-mail (or mobile) and password. An account is made when a
# number asks for its first code (onboarding.registration.adapter), so that known and unknown numbers look alike.
ACCOUNT_ADAPTER = "onboarding.registration.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    name: f"onboarding.registration.account_forms.{form}"
    for name, form in {
        "login": "LoginForm",
        "signup": "SignupForm",
        "confirm_email_verification_code": "ConfirmAddressForm",
        "request_login_code": "RequestCodeForm",
        "confirm_login_code": "ConfirmCodeForm",
        "verify_phone": "VerifyPhoneForm",
        "change_phone": "ChangePhoneForm",
        "add_email": "AddEmailForm",
        "change_password": "ChangePasswordForm",
        "set_password": "SetPasswordForm",
        "reset_password": "ResetPasswordForm",
        "reset_password_from_key": "ResetPasswordKeyForm",
        "reauthenticate": "ReauthenticateForm",
    }.items()
}
ACCOUNT_LOGIN_METHODS = {"phone", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "phone"]  # the form leaves the phone out; its pages hang on it
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_PHONE_VERIFICATION_TIMEOUT = 300  # seconds; the SMS says five minutes
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = ACCOUNT_PHONE_VERIFICATION_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = ACCOUNT_PHONE_VERIFICATION_SUPPORTS_RESEND = 3
ACCOUNT_EMAIL_VERIFICATION = "mandatory"  # for accounts that have confirmed nothing else (registration.stages)
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 900  # seconds
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = 3
ACCOUNT_MAX_EMAIL_ADDRESSES = 5
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # before a sensitive change, unless the sign-in is fresh
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # a reset asked for an unknown address sends nothing
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "20/m/ip,3/m/key,12/h/key",
    "verify_phone": "5/m/ip,3/m/key,12/h/key",
    "change_phone": "5/m/user",
    "check_agent": "10/m/ip,60/h/ip",  # the guide: is this agency genuine?
    "signup": "10/m/ip,60/h/ip",
    "begin_handover": "10/10m/user",  # codes for a phone (onboarding.handover)
    "join_handover": "60/m/ip",
    "keep_draft": "60/m/user",
}
MFA_ADAPTER = "onboarding.registration.second_factor.SecondFactorAdapter"
MFA_FORMS = {
    name: f"onboarding.registration.second_factor.{form}"
    for name, form in {
        "authenticate": "AuthenticateForm",
        "reauthenticate": "ReauthenticateForm",
        "activate_totp": "ActivateForm",
        "authenticate_webauthn": "PasskeyForm",
        "login_webauthn": "PasskeyLoginForm",
        "reauthenticate_webauthn": "PasskeyAgainForm",
        "add_webauthn": "AddPasskeyForm",
        "edit_webauthn": "RenamePasskeyForm",
    }.items()
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # steps of 30 s that a telephone's clock may be wrong
MFA_ALLOW_UNVERIFIED_EMAIL = True  # accounts hang on the mobile number
