import { open_views_on_phones } from "./phone_views";
import { look_of, state_of } from "../logic/status";

/** Activities in the platform's calendar; the server gives those without an end a length. */
export function calendar_settings() {
	open_views_on_phones();
	return {
		field_map: { id: "name", start: "starts_on", end: "ends_on", title: "title", allDay: "all_day" },
		get_events_method: "crm_interactions.api.calendar.get_events",
		get_css_class: (event) => look_of(state_of(event, frappe.datetime.system_datetime())).color,
		// Frappe 16 shows dots in the colour's lightest shade otherwise
		options: { eventDisplay: "block", ...(frappe.is_mobile() ? { height: "auto" } : {}) },
	};
}
