"""Users and participants of the tests of hand-overs and invitations."""

ANA, EVA, IVO = "ana@example.com", "eva@example.com", "ivo@example.com"
MIA, VERA = "mia@example.com", "vera@example.com"
