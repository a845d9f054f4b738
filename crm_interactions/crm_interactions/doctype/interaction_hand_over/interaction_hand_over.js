crm_interactions.setup_hand_over_form();
