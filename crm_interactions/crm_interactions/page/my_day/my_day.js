frappe.pages["my-day"].on_page_load = (wrapper) => crm_interactions.open_my_day(wrapper);
frappe.pages["my-day"].on_page_show = (wrapper) => crm_interactions.refresh_my_day(wrapper);
