/** Loaded with every page of the Desk, so this file only registers handlers for forms and lists. */
import { setup_activity_form } from "./desk/activity/form";
import { setup_product_record_form } from "./desk/activity/product_record_form";
import { list_settings } from "./desk/lists/list_settings";
import { calendar_settings } from "./desk/lists/calendar_settings";
import { chain_list_settings } from "./desk/lists/chain_list";
import { journal_list_settings } from "./desk/lists/journal_list";
import { register_boards } from "./desk/lists/boards";
import { register_party_lists } from "./desk/lists/party_list";
import { plan_list_settings } from "./desk/lists/empty_states";
import { product_record_list_settings } from "./desk/lists/product_record_list";
import { register_reports } from "./desk/lists/report_columns";
import { register_log_shortcut } from "./desk/chains/log_shortcut";
import { watch_calls } from "./desk/calls/call_card";
import { register_log_call } from "./desk/calls/log_entry";
import { register_chains } from "./desk/chains/register";
import { compare_in_user_format } from "./desk/platform/datetime_control";
import { guard_keys } from "./desk/platform/dialog_guard";
import { follow_read_notifications } from "./desk/platform/notifications";
import { register_help_links } from "./desk/platform/help_links";
import { extend_search_bar } from "./desk/platform/search_bar";
import { toast } from "./desk/platform/toast";
import { setup_meeting_form } from "./desk/meeting/form";
import { watch_backfill } from "./desk/settings/backfill";
import { watch_numbering } from "./desk/settings/numbering";
import { show_known_types } from "./desk/settings/known_types";
import { captured_item_list_settings, setup_captured_item_form } from "./desk/capture/captured_item";
import { capture_refusal_list_settings } from "./desk/capture/refusals";
import { add_bell_actions } from "./desk/day/bell";
import { open_my_day, refresh_my_day } from "./desk/day/page";
import { setup_hand_over_form } from "./desk/handover/form";
import { hand_over_list_settings, register_user_form } from "./desk/handover/entry_points";
import { register_quick_entry } from "./desk/activity/quick_entry";
import { effectiveness_report } from "./desk/insight/effectiveness";
import { hours_report } from "./desk/insight/hours";
import { insight_report } from "./desk/insight/report";
import { weekly_report } from "./desk/insight/weekly";
import { winning_report } from "./desk/insight/winning";
import { team_report } from "./desk/supervision/team_report";
import { resource_calendar_settings, setup_resource_form } from "./desk/meeting/resources";

frappe.provide("crm_interactions");

Object.assign(crm_interactions, {
	setup_activity_form,
	setup_meeting_form,
	setup_product_record_form,
	list_settings,
	calendar_settings,
	chain_list_settings,
	journal_list_settings,
	product_record_list_settings,
	plan_list_settings,
	setup_resource_form,
	resource_calendar_settings,
	watch_backfill,
	watch_numbering,
	show_known_types,
	capture_refusal_list_settings,
	captured_item_list_settings,
	setup_captured_item_form,
	setup_hand_over_form,
	hand_over_list_settings,
	insight_report,
	effectiveness_report,
	hours_report,
	weekly_report,
	winning_report,
	team_report,
	open_my_day,
	refresh_my_day,
	toast,
});

register_quick_entry();
register_chains();
register_log_shortcut();
register_log_call();
register_party_lists();
register_user_form();
register_boards();
register_reports();
compare_in_user_format();
guard_keys();
follow_read_notifications();
add_bell_actions();
watch_calls();
extend_search_bar();
register_help_links();
