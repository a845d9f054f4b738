import { as_typed } from "../../logic/stored_text";
import { look_of, state_of } from "../../logic/status";
import { add_finish_button } from "../finishing/calendar_button";
import { kind_tile } from "../chains/kinds";

/** Set what the calendar shows of an entry: its time in the user's format, the class of its state, and a tooltip with everything. */
export function prepare_entry(entry, person_color) {
	const state = entry.status ? state_of(entry, frappe.datetime.system_datetime()) : null;
	const time = entry.all_day ? "" : moment(entry.start).format(time_format());
	const person = entry.responsible && frappe.user_info(entry.responsible).fullname;
	const about = [time, entry.party_name, entry.title, person, state && __(look_of(state).label)];
	return {
		...entry,
		// events are moved in their own calendar, which knows their repetitions
		editable: entry.editable && entry.doctype !== "Event",
		time,
		person_color,
		tooltip: about.filter(Boolean).map(as_typed).join(" · "),
		className: ["crm-entry", `crm-entry-${state || "event"}`],
	};
}

function time_format() {
	return frappe.datetime
		.get_user_time_fmt()
		.replace(/[:.]s{1,2}/g, "")
		.trim();
}

/**
 * Return calendar options that draw an entry: time, icon, partner and topic, and the button to complete it.
 *
 * Frappe 15 has FullCalendar 3 (`eventRender`), Frappe 16 has FullCalendar 6 (`eventContent`, `eventDidMount`).
 */
export function entry_options() {
	if (parseInt(frappe.boot.versions?.frappe, 10) < 16) {
		return {
			eventRender(entry, $event) {
				const is_row = $event.is("tr");
				const $place = $event.find(is_row ? ".fc-list-item-title" : ".fc-content");
				$place.empty().append(parts_of(entry, !is_row));
				$event.attr("title", entry.tooltip);
				$event.find(".fc-event-dot").css("background-color", entry.person_color);
				add_finish_button($event, entry);
			},
		};
	}
	return {
		eventContent: ({ event, view }) => ({
			domNodes: parts_of(values_of(event), !view.type.startsWith("list")).get(),
		}),
		eventDidMount({ el, event }) {
			el.setAttribute("title", event.extendedProps.tooltip);
			$(el).find(".fc-list-event-dot").css("border-color", event.extendedProps.person_color);
			add_finish_button($(el), values_of(event));
		},
	};
}

/** Return the values of an event of FullCalendar 6, as those of FullCalendar 3. */
export function values_of(event) {
	return { ...event.extendedProps, name: event.id, title: event.title };
}

/** Return two lines: time, icon and partner, then the topic; an entry without a partner has its topic in the first. */
function parts_of({ time, icon, doctype, party_name, title }, with_time) {
	const [first, second] = party_name ? [party_name, title] : [title, ""];
	const $head = $(`<span class="crm-entry-head"></span>`);
	if (with_time && time) $(`<span class="crm-entry-time"></span>`).text(time).appendTo($head);
	$head.append(kind_tile({ icon, doctype }, "crm-kind-plain"));
	$(`<span class="crm-entry-text"></span>`).text(as_typed(first)).appendTo($head);
	return $head.add($(`<span class="crm-entry-topic"></span>`).text(as_typed(second)));
}
