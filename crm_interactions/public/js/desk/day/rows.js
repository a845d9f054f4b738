import { is_all_day, is_chain, SNOOZES, ways_of } from "../../logic/my_day";
import { as_typed } from "../../logic/stored_text";
import { day, day_and_time, form_link } from "../chains/html";
import { kind_tile } from "../chains/kinds";

const HEX = /^#[0-9a-f]{3,8}$/i;

/**
 * Return the row of an activity, or of a chain without a next step.
 *
 * @param section the section that shows it
 * @param with_user whether to show the responsible user
 * @param act callback with the way (finish, close, plan, or a span or "date" to put it off to) and the row
 */
export function day_row(row, { section, with_user, act }) {
	const doctype = is_chain(row) ? "Interaction Chain" : row.activity_type;
	const name = is_chain(row) ? row.name : row.activity;
	const $row = $(`<li class="crm-day-row" tabindex="-1"></li>`).attr("data-key", `${doctype}/${name}`);
	const $main = $(`<div class="crm-day-main"></div>`);
	$(`<div class="crm-day-topic"></div>`)
		.append($(form_link(doctype, name, row.title || name)))
		.appendTo($main);
	$(`<div class="crm-day-facts"></div>`).append(facts(row, with_user)).appendTo($main);
	if (row.note) $(`<div class="crm-day-note"></div>`).text(row.note).appendTo($main);
	return $row
		.append(
			time_of(row, section),
			tile(row),
			$main,
			$(`<div class="crm-day-ways"></div>`).append(ways(row, act))
		)
		.data("act", act)
		.data("row", row);
}

function time_of(row, section) {
	const moment_text = is_chain(row) ? row.last_activity_on : row.activity_date;
	const $time = $(`<time class="crm-day-time"></time>`).toggleClass("late", section === "late");
	if (!moment_text) return $time;
	return $time.text(short_time(row, section, moment_text)).attr("title", day_and_time(moment_text));
}

/** Return the time of day for today and tomorrow, the weekday with it for the week, and the day otherwise. */
function short_time(row, section, text) {
	if (["late", "no_step"].includes(section)) return day(text);
	const time = is_all_day(row) ? __("All Day") : day_and_time(text).replace(/^\S+ /, "");
	if (section !== "week") return time;
	const weekday = moment(frappe.datetime.convert_to_user_tz(text, false)).format("ddd");
	return `${weekday} ${time}`;
}

function tile(row) {
	const $tile = kind_tile({
		...row,
		doctype: row.interaction_type || row.activity_type || "Interaction Chain",
	});
	if (HEX.test(row.color)) {
		$tile.css({
			"--crm-kind-fg": row.color,
			"--crm-kind-bg": `color-mix(in srgb, ${row.color} 14%, transparent)`,
		});
	}
	return $tile;
}

function facts(row, with_user) {
	const parts = [];
	const add = ($part) => parts.push($part);
	if (row.party) add($(form_link(row.party_type, row.party, row.party_name || row.party)));
	if (row.contact_name && row.contact_name !== row.party_name)
		add($("<span></span>").text(as_typed(row.contact_name)));
	if (row.slow_reason && row.slow_reason !== "No Next Step")
		add($("<span></span>").text(__(row.slow_reason)));
	if (with_user) add($("<span></span>").text(as_typed(row.responsible_name || "")));
	if (row.phone) add(reach(row.phone, `tel:${row.phone.replace(/[^\d+]/g, "")}`));
	if (row.email) add(reach(row.email, `mailto:${row.email}`));
	return parts;
}

function reach(text, address) {
	return $(`<a class="crm-day-reach"></a>`).attr("href", address).text(as_typed(text));
}

function ways(row, act) {
	const { finish, close, plan, snooze } = ways_of(row, (doctype) => frappe.model.can_write(doctype));
	const parts = [];
	const topic = as_typed(row.title || row.name);
	if (snooze) parts.push(snooze_menu(row, act, topic));
	if (finish || close)
		parts.push(
			button(__("Done"), __("Complete: {0}", [topic]), () => act(finish ? "finish" : "close", row))
		);
	if (plan) parts.push(button(__("Plan"), __("Plan the next step: {0}", [topic]), () => act("plan", row)));
	return parts;
}

function button(label, title, run) {
	return $(`<button type="button" class="btn btn-default btn-sm crm-day-done"></button>`)
		.text(label)
		.attr("aria-label", title)
		.on("click", run);
}

function snooze_menu(row, act, topic) {
	const $menu = $(`<div class="dropdown crm-day-snooze"></div>`);
	$(
		`<button type="button" class="btn btn-default btn-sm" data-toggle="dropdown" aria-haspopup="true" aria-expanded="false"></button>`
	)
		.text(__("Snooze"))
		.attr("aria-label", __("Put off: {0}", [topic]))
		.appendTo($menu);
	const $list = $(`<div class="dropdown-menu dropdown-menu-right" role="menu"></div>`).appendTo($menu);
	for (const { to, label } of [...SNOOZES, { to: "date", label: "Date…" }]) {
		$(`<button type="button" class="dropdown-item" role="menuitem"></button>`)
			.text(__(label))
			.on("click", () => act(to, row))
			.appendTo($list);
	}
	return $menu;
}
