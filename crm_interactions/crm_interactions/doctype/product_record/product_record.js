crm_interactions.setup_product_record_form();
