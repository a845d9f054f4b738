/** Loaded with every page of the Desk: it only registers; the work is done when a form or a list opens. */
import { setup_activity_form } from "./desk/activity_form";
import { setup_product_record_form } from "./desk/product_record_form";
import { list_settings } from "./desk/list_settings";
import { calendar_settings } from "./desk/calendar_settings";
import { compare_in_user_format } from "./desk/datetime_control";
import { register_quick_entry } from "./desk/quick_entry";

frappe.provide("crm_interactions");

Object.assign(crm_interactions, {
	setup_activity_form,
	setup_product_record_form,
	list_settings,
	calendar_settings,
});

register_quick_entry();
compare_in_user_format();
