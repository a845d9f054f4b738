import { SNOOZES } from "../../logic/my_day";
import { as_typed } from "../../logic/stored_text";
import { show_as_read, watch_bell } from "../platform/notifications";
import { refresh_list } from "../platform/refresh_list";
import { ask } from "../platform/server";
import { act_on } from "./actions";

const LIST = "crm_interactions.api.reminder.list_reminded";
const MOST = 100;

/** Add *Done* and *Snooze* to the reminders in the bell (R23), beside Frappe's rows, which are links. */
export function add_bell_actions() {
	watch_bell((items) => frappe.model.can_read("Interaction") && refresh(items));
}

async function refresh(items) {
	const names = [...items.keys()].slice(0, MOST);
	if (!names.length) return;
	const rows = await ask(LIST, { notifications: JSON.stringify(names) });
	const planned = new Map();
	for (const row of rows) {
		// without a realtime server, this is how the bell learns of it
		if (row.read) show_as_read(row.notification);
		if (row.activity && frappe.model.can_write(row.activity_type)) planned.set(row.notification, row);
	}
	for (const [name, element] of items) {
		draw(element, planned.get(name), () => {
			refresh(items);
			reload_page();
		});
	}
}

/** Show the change on the page under the bell, too; a form that the user is changing stays. */
function reload_page() {
	const { page } = frappe.container;
	if (page?.my_day) page.my_day.refresh();
	else if (page?.frm && !page.frm.is_dirty()) page.frm.reload_doc();
	else if (window.cur_list && $(window.cur_list.parent).is(":visible")) refresh_list();
}

/** Draw the buttons of a row, or remove them from a row that no longer has any. */
function draw(element, row, reload) {
	const $shown = $(element).next(".crm-bell-actions");
	if (!row) return $shown.remove();
	// open choices stay open
	if ($shown.length) return;
	const $actions = $(`<div class="crm-bell-actions" role="group"></div>`).attr(
		"aria-label",
		as_typed(row.title)
	);
	// the bell stays open, except under a dialog
	$actions.on("click", (event) => event.stopPropagation());
	$(element).after($actions);
	draw_ways($actions, row, reload);
}

function draw_ways($actions, row, reload) {
	const topic = as_typed(row.title);
	$actions.empty().append(
		button(__("Done"), __("Complete: {0}", [topic]), () => {
			close_bell();
			return act_on("finish", row, reload);
		}),
		button(__("Snooze"), __("Put off: {0}", [topic]), () => draw_spans($actions, row, reload))
	);
}

function draw_spans($actions, row, reload) {
	const spans = [...SNOOZES, { to: "date", label: "Date…" }];
	$actions.empty().append(
		spans.map(({ to, label }) =>
			button(__(label), __(label), () => {
				if (to === "date") close_bell();
				return act_on(to, row, reload);
			})
		),
		button("×", __("Back"), () => draw_ways($actions, row, reload)).addClass("crm-bell-back")
	);
	$actions.find("button").first().trigger("focus");
}

function button(label, title, run) {
	return $(`<button type="button" class="btn btn-default btn-xs"></button>`)
		.text(label)
		.attr({ "aria-label": title, title })
		.on("click", run);
}

function close_bell() {
	const $open = $(".dropdown-notifications.show .notifications-icon");
	if ($open.length) $open.trigger("click");
}
