crm_interactions.setup_resource_form("Meeting Resource");
