"""Where the models of python-zendesk are wrong about real accounts, and which of its endpoints are not served."""

from pathlib import Path

# Nulls and keys that records of real accounts have against the description, and the kind of record they were seen in.
# Made by holding recorded answers of real accounts against the models, as models.py does with the sandbox's.
REAL_ACCOUNTS: dict[str, str] = dict(
    line.split("\t")
    for line in Path(__file__).with_name("real-accounts.tsv").read_text(encoding="utf-8").splitlines()[1:]
)

# Deviation (a pattern for the whole of it) -> the evidence that real accounts answer so.
EXCUSES: dict[str, str] = {
    r"\w+Response(NoneCursor)?\.(meta|links): is not in the description": "every list pages by cursors when page[size] is sent",
    r"\w+Response\.(count|next_page|previous_page): is not in the description": "lists have these when page[size] is not",
    r"CountCustomObjectRecordsResponse\.count\.(value|refreshed_at): Input should be an object": (
        "all counts are {value, refreshed_at} of a number and a time"
    ),
    r"(TimeBased|CursorBased)ExportIncrementalTicketsResponse\.tickets\.status: Input should be .*": (
        "exports tell deleted tickets by the status deleted"
    ),
    r"TagsResponse\.tags: Input should be a valid string": "/tags gives objects of name and count, not texts",
    r"SatisfactionRatingsResponse\.satisfaction_ratings\.\w+_id: Input should be a valid integer": (
        "a rating of a ticket without assignee or group has null there"
    ),
    r"SatisfactionRatingResponse\.satisfaction_rating: Input should be a valid array": "one rating is one object",
    r"TicketMetricsByTicketMetricIDResponse\.ticket_metric: Input should be a valid array": "one metric is one object",
    r"(Macros?|Automations?)Response\.\w+\.actions\.value: Input should be a valid string": (
        "notifications and tags have lists as their value"
    ),
    r"SLAPolic(y|ies)Response\.sla_polic(y|ies)\.filter\.all\.value.*: Input should be a valid .*": (
        "filters hold numbers where they name a brand, a form or a group"
    ),
    r"JobStatus(es)?Response\.job_status(es)?\.results.*": "results of finished jobs are lists of several shapes, or null",
    r"DeletedUsers?Response\.deleted_users?\.organization_id: Input should be a valid integer": (
        "a user without organization has null there"
    ),
    r"DeletedUser(Object|sResponse\.deleted_users|Response\.deleted_user)\.email: .*": (
        "exports of a live account have null for the address of a deleted user, which is free again"
    ),
    r"(ActorUserForEndUser|RequestObject|TicketSkipObjectTicket)\.organization_id: is null": (
        "as tickets and users of recorded answers have it"
    ),
    r"CustomRoleConfigurationObject\.(it_asset_management_access|manage_(ip_bans|ticket_settings|user_own_contacts|"
    r"user_own_forwarding_numbers)|update_user_own_(alias|signature)): is not in the description": (
        "recorded answers of 2026 have them (fact 432)"
    ),
    r"AccountSettingsTicketObject\.custom_statuses_enabled: is not in the description": (
        "Salto's client reads it there, and stops where it is not true"
    ),
    r"LocaleObject\.(native_name|presentation_name|rtl|default): is not in the description": (
        "a recorded locale has them (zenpy's specification)"
    ),
    r"LocaleObject\.created_at: is null": "English has null there in a recorded answer (zenpy's specification)",
    r"UserRelatedObject\.(topics|topic_comments|votes|(entry_|forum_)?subscriptions): is not in the description": (
        "a recorded answer has them (zenpy's specification)"
    ),
    r"\w*ClientObject\.logo_url: is null": "a client need not have a logo",
    r"Requests?Response\.requests?\.custom_fields\.value: Input should be a valid string": (
        "values are those of tickets: of a checkbox a boolean, of an empty field null"
    ),
    r"TicketCommentObject\.url: is not in the description": "comments of requests have one, which mobile clients read",
    r"TicketCommentsResponse\.(users|organizations): is not in the description": (
        "comments of requests come with their authors, which mobile clients read"
    ),
    r"SatisfactionReasonObject\.deleted_at: is null": "a reason that was not deleted",
    r"SatisfactionReasonResponse\.reason(\[\])?: .*": "one reason is one object",
    r"SuspendedTicketObject(Author)?\.(ticket_id|id): is null": (
        "most suspended mails belong to no ticket, and their authors are unknown"
    ),
    r"SuspendedTicketsResponse\.suspended_ticket: is not in the description": (
        "clients read one suspended ticket under this name"
    ),
    r"TicketFieldCustomStatusObject\.(end_user_)?description: is null": "recorded custom statuses have null there",
    r"TriggerConditionDefinitionObjectAny\.values: is not in the description": (
        "those of conditions_all have it, and recorded definitions have the same in both"
    ),
    r"WebhookInvocationAttempt\.(completed_at|request|response|status_code): is not in the description": (
        "a recorded attempt has these (zenpy's specification), and none of the description's"
    ),
    r"TriggerRevisionsResponse\.after_(cursor|url): is null": "nothing comes after the last page",
    r"\w+Users\.(alias|details|notes): is null": "empty or null, as the user came to be, in recorded answers",
    r"OauthTokenObject\.(used_at|expires_at|refresh_token_expires_at): is null": "a token that was never used, or never ends",
    r"\w*TicketMetricEventBaseObject\.\w+: is not in the description": (
        "the description knows only what all events have in common"
    ),
}

# Path (a pattern for the whole of it) -> why the sandbox does not serve it.
NOT_SERVED: dict[str, str] = {
    r"/api/lotus/.*": "the agent interface's own, no public API",
    r"/api/v2/accounts/available": "resellers only",
    r"/api/v2/channels/twitter/.*": "X accounts are no part of the sandbox",
    r"/api/v2/bookmarks": "marks of the agent interface",
    r"/api/v2/brand_agents/.+": "the agents of brands are only listed",
    r"/api/v2/workspaces/.+": "contextual workspaces are only listed",
    r"/api/v2/object_layouts/.*": "layouts of the agent interface",
    r"/api/v2/resource_collections/.+": "what apps brought is only listed",
    r"/api/v2/users/(\{user_id\}/sessions.*|me/session.*)": "browser sessions are only listed",
    r"/api/v2/approval_.*": "approval requests are no part of the sandbox",
    r"/api/v2/email_notifications.*": "no mail is sent",
    r"/api/v2/deletion_schedules.*": "data deletion schedules are no part of the sandbox",
    r"/api/v2/queues/.+": "omnichannel routing queues are only listed",
    r"/api/v2/custom_objects/\{custom_object_key\}/triggers.*": "object triggers are no part of the sandbox",
    r"/api/v2/macros/attachments/.*": "macros here have no attachments",
    r"/api/v2/\{target_type\}/\{target_id\}/relationship_fields/.*": "reverse look-ups are no part of the sandbox",
    r"/api/v2/relationships/definitions/.*": "relationship filters are no part of the sandbox",
}
