"""Who may open the pages of services: rows of tests/test_access.py."""

PERSONAS = 5
WITHOUT_A_REQUEST, HOLDER_ONLY = (400,) * PERSONAS, (302,) * PERSONAS
OF_A_UUID = [
    "relying_parties:end",
    *(f"relying_parties:presentation_{part}" for part in ("request", "answer", "result")),
]
OF_SERVICES = {
    "identity:official_check": ("get", (302, 302, 200, 200, 403)),
    "identity:official_answer": ("post", (403, 403, 400, 400, 403)),
    "relying_parties:discovery": ("get", (200,) * PERSONAS),
    "relying_parties:authorize": ("get", WITHOUT_A_REQUEST),
    "relying_parties:sign_in": ("post", WITHOUT_A_REQUEST),
    "relying_parties:decide": ("post", WITHOUT_A_REQUEST),
    "relying_parties:token": ("post", WITHOUT_A_REQUEST),
    "relying_parties:userinfo": ("get", (401,) * PERSONAS),
    "relying_parties:presentations": ("post", WITHOUT_A_REQUEST),
    "relying_parties:presentation_request": ("get", (404,) * PERSONAS),
    "relying_parties:presentation_answer": ("post", (404,) * PERSONAS),
    "relying_parties:presentation_result": ("post", WITHOUT_A_REQUEST),
    "relying_parties:present": ("get", (404,) * PERSONAS),
    "relying_parties:open_to_present": ("post", (404,) * PERSONAS),
    "relying_parties:credential_issuer": ("get", (200,) * PERSONAS),
    "relying_parties:oauth_server": ("get", (200,) * PERSONAS),
    "relying_parties:nonce": ("post", (200,) * PERSONAS),
    "relying_parties:credential": ("post", (401,) * PERSONAS),
    "relying_parties:wallet_statuses": ("get", (200,) * PERSONAS),
    "relying_parties:wallets": ("get", HOLDER_ONLY),
    "relying_parties:take_back": ("post", HOLDER_ONLY),
    "relying_parties:services": ("get", HOLDER_ONLY),
    "relying_parties:end": ("post", HOLDER_ONLY),
}
