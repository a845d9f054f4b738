crm_interactions.setup_captured_item_form();
