"""What the browser does not look at, each with its reason."""

# Addresses that are no page of their own, each with its reason. tests/browser/test_list.py asks for every other one.
NO_PAGES = {
    **{
        f"services:{name}": "needs somebody at the desk; tests/services/test_file_at_desk.py looks at it"
        for name in ("visit-procedures", "assist-tasks", "assist-papers", "assist-review")
    },
    **{
        f"services:assist-{name}": f"needs a draft of the desk; the same page as services:draft-{name}"
        for name in ("discard", "mandate", "move", "page", "places", "remove", "row")
    },
    "services:visit-begin": "POST only",
    "services:draft-save": "POST of a script",
    "services:assist-save": "POST of a script",
    "documents:upload": "POST of a script",
    "documents:upload-part": "POST of a script",
    "services:draft-mandate": "needs a draft for another; tests/services/test_mandate.py looks at it",
    "services:draft-discard": "needs a draft, which the demo has not; tests/services/test_file_online.py looks at it",
    "services:draft-move": "needs a draft of a version that ended; tests/services/test_file_online.py looks at it",
    "services:draft-page": "needs a draft; the same pages as services:try-page",
    "services:draft-places": "needs a draft; tests/services/test_file_online.py looks at it",
    "services:draft-remove": "POST only",
    "services:draft-review": "needs a draft; the same page as services:try-review",
    "services:draft-row": "needs a draft; the same page as services:try-row",
    "services:draft-tasks": "needs a draft; the same page as services:try-tasks",
    **{
        f"services:own-{name}": f"needs a dossier of the citizen's own, which the demo has not; tests/services/{look}"
        for name, look in (
            ("dossier", "test_own_dossiers.py"),
            ("content", "test_own_dossiers.py"),
            ("supplement", "test_own_supplement.py"),
            ("changes", "test_own_changes.py"),
            ("change", "test_own_changes.py"),
            ("confirmation", "test_own_confirmation.py"),
            ("withdrawal", "test_own_ends.py"),
            ("rating", "test_own_ends.py"),
        )
    },
    "services:own-calendar": "a file",
    "services:own-objection": "POST only; its form stands on services:own-confirmation",
    "services:own-message": "POST only; its form stands on services:own-dossier",
    "services:own-supplement-item": "POST only; its form stands on services:own-supplement",
    "services:receipt": "needs a dossier of the citizen's own; tests/services/test_file_online.py looks at it",
    **{
        f"services:work-{name}": "needs a dossier that is worked on, which the demo has not yet; "
        "tests/services/test_work_pages.py looks at it"
        for name in ("item", "assign", "finish", "return", "supplement", "propose", "recall", "stop", "note")
    },
    "services:work-take": "POST only",
    "services:work-preview": "POST only: a file",
    "staff:client": "needs an API client, which the demo has not; tests/staff/test_client_pages.py looks at it",
    "staff:client-secret": "POST only: shows a new secret once",
    "staff:client-state": "POST only",
    "documents:register-remark": "POST only; its form stands on documents:register-entry",
    "documents:register-pdf": "a file",
    "documents:register-xlsx": "a file",
    "documents:document": "needs a document; tests/documents/pages look at it",
    "documents:document-revise": "needs a document; tests/documents/pages look at it",
    "documents:document-deed": "needs a document; tests/documents/pages look at it",
    "documents:document-preview": "a file",
    "documents:batch": "needs a batch; tests/documents/pages look at it",
    "documents:batch-cancel": "POST only",
    "documents:certificate": "needs a certificate, which the demo has not; tests/documents/certificates look at it",
    "documents:certificate-deed": "needs a certificate, too; tests/documents/certificates look at it",
    "documents:anchor-strike": "needs an authority, which the demo has not; tests/documents/certificates look at it",
    "documents:batch-ky-confirm": "leads back unless documents were chosen; tests/documents/pages look at it",
    "documents:batch-phat-hanh-confirm": "leads back unless documents were chosen; tests/documents/pages look at it",
    "documents:file": "a file to download; tests/documents/test_download.py looks at what else it answers",
    "services:linked-data": "data",
    "services:printed-form": "a file; tests/services/test_printed_form_page.py looks at what else it answers",
    "services:desk-papers": "POST only; its form stands on services:desk-dossier",
    "services:desk-message": "POST only; its form stands on services:desk-dossier",
    "services:desk-note": "POST only; its form stands on services:desk-dossier",
    "calendar:open-again": "needs a closure, which the demo has not; the same page as calendar:retire",
    "health": "one word for the supervisor",
    "accounts:vneid-start": "POST only: leads to the provider",
    "accounts:vneid-start-officer": "POST only: leads to the provider",
    "staff:colleagues": "leads to staff:unit-officers of one's own unit",
    "accounts:sessions-end-others": "POST only",
    "accounts:session-end": "POST only",
    "accounts:totp-square": "a picture inside another page",
    "account_logout": "POST only",
    "events:seals-data": "data",
    "events:seal-key": "data",
    "events:verify-proof": "a program to download",
    "events:proof": "data",
    "account_reauthenticate": "leads to mfa_reauthenticate for everybody who has a second factor",
    "mfa_authenticate": "the second step of signing in; tests/browser/test_stories.py looks at it on the way",
    "mfa_reauthenticate_webauthn": "needs a security key",
    "mfa_activate_totp": "leads away from everybody who has the code app",
    "mfa_deactivate_totp": "refused while it is the only second factor; tests/accounts look at it",
    "mfa_view_recovery_codes": "there are none before they are made; tests/accounts look at it",
    "mfa_remove_webauthn": "needs a security key",
    "mfa_edit_webauthn": "needs a security key",
}
