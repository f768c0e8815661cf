from offices.models.invitations import Invitation, PeopleList
from offices.models.memberships import Membership, belonging_to
from offices.models.officers import AllauthDevice, Office, Officer
from offices.models.proposals import Answer, Proposal

__all__ = [
    "AllauthDevice",
    "Answer",
    "Invitation",
    "Membership",
    "Office",
    "Officer",
    "PeopleList",
    "Proposal",
    "belonging_to",
]
