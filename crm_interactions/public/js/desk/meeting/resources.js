import { once } from "../platform/once";
import { toast } from "../platform/toast";
import { open_views_on_phones } from "../lists/phone_views";

const RESOURCE = "Meeting Resource";

/** Offer enabled resources only, on a form with resources (R14). */
export function setup_resource_queries(frm) {
	if (!frm.fields_dict.resources) return;
	frm.set_query("resource", "resources", () => ({ filters: { disabled: 0 } }));
}

export function setup_resource_form() {
	once(RESOURCE, () =>
		frappe.ui.form.on(RESOURCE, {
			refresh(frm) {
				if (frm.is_new()) return;
				frm.add_custom_button(__("Bookings"), () => open_bookings(frm.doc.name));
			},
		})
	);
}

/** Open the calendar of a resource. */
function open_bookings(name) {
	frappe.route_options = { name };
	frappe.set_route("List", RESOURCE, "Calendar", "default");
}

/** Return the settings of the resource calendar, and patch views as `calendar_settings`; bookings open activities. */
export function resource_calendar_settings() {
	open_views_on_phones();
	return {
		field_map: { id: "name", start: "booked_from", end: "booked_to", title: "title", allDay: "all_day" },
		get_events_method: "crm_interactions.api.resource.get_bookings",
		// a getter, because the screen width counts when the calendar opens
		get options() {
			return calendar_options();
		},
	};
}

function calendar_options() {
	return {
		...(frappe.is_mobile() ? phone_options() : {}),
		...(is_16() ? { eventTimeFormat: { hour: "2-digit", minute: "2-digit", hour12: false } } : {}),
		eventDisplay: "block",
		// bookings are created and moved with their activity
		selectable: false,
		eventDataTransform: (event) => ({ ...event, editable: false, tooltip: event.title }),
		eventDidMount: ({ el, event }) => el.setAttribute("title", event.title),
		eventClick: open_activity,
	};
}

/** Show a list on phones, because cells are too narrow for names; the view option differs in Frappe 15 and 16. */
function phone_options() {
	return { height: "auto", initialView: "listMonth", defaultView: "listMonth" };
}

function is_16() {
	return parseInt(frappe.boot.versions?.frappe, 10) >= 16;
}

/** Open the activity of a booking; Frappe 16 passes an object with the event, Frappe 15 the event itself. */
function open_activity(clicked) {
	const { activity_type, activity } = clicked.event?.extendedProps || clicked;
	if (activity) frappe.set_route("Form", activity_type, activity);
	else toast(__("You may not open the activity of this booking."), { indicator: "blue" });
}
