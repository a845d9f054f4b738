crm_interactions.setup_activity_form("Meeting");
