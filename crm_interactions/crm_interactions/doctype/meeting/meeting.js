crm_interactions.setup_activity_form("Meeting");
crm_interactions.setup_meeting_form();
